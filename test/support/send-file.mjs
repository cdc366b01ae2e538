// Sends a file from a process of its own, so that making the request takes nothing from the server under test.
// node send-file.mjs <url> <file> <cookie>: prints {"status", "body"}.
import { createReadStream } from 'node:fs';
import { request } from 'node:http';

const [url, file, cookie] = process.argv.slice(2);
const headers = { 'content-type': 'application/octet-stream', cookie };
const sending = request(url, { method: 'POST', headers }, (response) => {
  let body = '';
  response.setEncoding('utf8').on('data', (text) => (body += text));
  response.on('end', () =>
    process.stdout.write(JSON.stringify({ status: response.statusCode, body: JSON.parse(body) })),
  );
});
createReadStream(file).pipe(sending);
