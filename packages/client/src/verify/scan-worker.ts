import { parentPort, workerData } from 'node:worker_threads';
import { BlockScanner } from './block-scanner.js';

const { withReasons } = workerData as { withReasons: boolean };
const scanner = new BlockScanner(withReasons);
parentPort?.on('message', ({ buffer, byteOffset, length }: Uint8Array) => {
  parentPort?.postMessage(scanner.scan(Buffer.from(buffer, byteOffset, length)));
});
