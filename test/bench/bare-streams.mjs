// The floor of telling everybody of a change: one durable commit, NOTIFY, and a frame to every stream of this process.
// Argument: the database's address. Prints its port.
import http from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 });
await pool.query('CREATE TABLE IF NOT EXISTS bare_act (id bigserial PRIMARY KEY, what text)');
const streams = new Set();
let told = 0;

function tell(act) {
  if (act <= told) return;
  told = act;
  const frame = `id: ${act}\nevent: snapshot\ndata: {"act":${act}}\n\n`;
  const chunk = `${Buffer.byteLength(frame).toString(16)}\r\n${frame}\r\n`;
  for (const { socket } of streams) socket.write(chunk);
}

const listening = new pg.Client({ connectionString: process.argv[2] });
await listening.connect();
await listening.query('LISTEN bare_act');
listening.on('notification', ({ payload }) => tell(Number(payload)));

async function act() {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query("INSERT INTO bare_act (what) VALUES ('a rollback') RETURNING id");
    await client.query('COMMIT');
    const id = Number(rows[0].id);
    const notified = client.query('SELECT pg_notify($1, $2)', ['bare_act', String(id)]);
    tell(id);
    await notified;
    return id;
  } finally {
    client.release();
  }
}

const server = http.createServer((request, response) => {
  if (request.method === 'POST') {
    act().then(
      (id) => response.end(String(id)),
      (error) => response.writeHead(500).end(String(error)),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(':\n\n');
  request.socket.setNoDelay(true).setTimeout(0);
  streams.add(response);
  response.on('close', () => streams.delete(response));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
