import { parentPort, workerData } from 'node:worker_threads';
import { BlockScanner } from './block-scanner.js';

const { withReasons } = workerData as { withReasons: boolean };
const scanner = new BlockScanner(withReasons);
parentPort?.on('message', (block: ArrayBuffer) => {
  parentPort?.postMessage(scanner.scan(Buffer.from(block)));
});
