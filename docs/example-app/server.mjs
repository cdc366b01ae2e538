// A support desk that drafts replies to tickets: POST /replies {"ticket": "…", "user": "…"}. See README.md.
import { createServer } from 'node:http';
import { Holdpoint } from '@holdpoint/client';
import { draftReply } from './reply.mjs';

const workflow = process.env.HOLDPOINT_WORKFLOW ?? 'support.reply';
// The registry's address and the key come from HOLDPOINT_URL and HOLDPOINT_KEY, the folder from HOLDPOINT_DATA_DIR.
const holdpoint = new Holdpoint({
  application: 'support-desk',
  workflows: [workflow],
  // Until the registry has ever answered: what the desk did before it had a model.
  failure: { action: 'fallback', fallback: 'people' },
});
holdpoint.on('changed', ({ version }) => {
  process.stdout.write(`serving version ${version.incarnation}.${version.epoch}\n`);
});

async function readJson(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 100_000) throw new SyntaxError('The ticket is too long');
  }
  return JSON.parse(text);
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  if (request.url === '/healthz') return send(response, 200, { ok: true });
  if (request.method !== 'POST' || request.url !== '/replies') return send(response, 404, {});
  try {
    const { ticket, user, tenant, ...attributes } = await readJson(request);
    if (typeof ticket !== 'string') return send(response, 400, { error: 'The ticket is missing' });
    const served = holdpoint.workflow(workflow).get({ ...attributes, user, tenant });
    return send(response, 200, await draftReply(served, ticket));
  } catch (error) {
    return send(response, error instanceof SyntaxError ? 400 : 500, { error: error.message });
  }
});

// Waits two seconds at most; with the registry down it starts with what an earlier run stored.
await holdpoint.ready();
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`);
});

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
    // Says goodbye, so that nobody on call looks for this instance.
    void holdpoint.close();
  });
