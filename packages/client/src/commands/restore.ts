import { exitCodes, type Command } from './command.js';

const help = `Usage: npm start -- restore

To be run once after the database was restored from a copy, where the server runs: in its folder and with its
environment (DATABASE_URL or HOLDPOINT_DATA, and HOLDPOINT_SECRET). It raises the incarnation of every workflow, so that
instances which remember later versions than the copy does follow the next rollback. Repeating it does no harm.

It is no request to the registry, so this command only says so: no key may raise an incarnation.`;

/** The word that people look for after a restored backup; the act itself is the server's. */
export const restore: Command = {
  name: ['restore'],
  summary: 'what to run on the server after its database was restored',
  help,
  run(_args, output) {
    output.err(help);
    return Promise.resolve(exitCodes.wrongUse);
  },
};
