import { exitCodes, WrongUse, type Command, type Output } from './commands/command.js';
import { conformance } from './commands/conformance.js';
import { ledgerVerify } from './commands/ledger-verify.js';
import { promotionExecute } from './commands/promotion-execute.js';
import { ready } from './commands/ready.js';
import { restore } from './commands/restore.js';
import { rollback } from './commands/rollback.js';
import { snapshot } from './commands/snapshot.js';
import { Unanswered } from './registry/ask.js';

const commands: readonly Command[] = [
  ready,
  promotionExecute,
  rollback,
  snapshot,
  conformance,
  restore,
  ledgerVerify,
];

const overview = `Usage: holdpoint COMMAND

${commands.map(({ name, summary }) => `  ${name.join(' ').padEnd(18)}${summary}`).join('\n')}

holdpoint COMMAND --help says more. Exit codes: 0 fine, 1 a problem was found, 2 wrong use, or it could not be checked.`;

const output: Output = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
};

const asksHelp = (args: readonly string[]) => args.includes('--help') || args.includes('-h');

async function run(args: readonly string[]): Promise<number> {
  const command = commands.find(({ name }) => name.every((word, index) => args[index] === word));
  if (!command) {
    const isHelp = asksHelp(args) || args.length === 0 || args[0] === 'help';
    if (!isHelp)
      output.err(`There is no command ${args.filter((word) => !word.startsWith('-')).join(' ')}\n`);
    (isHelp ? output.out : output.err)(overview);
    return isHelp && args.length > 0 ? exitCodes.fine : exitCodes.wrongUse;
  }
  const rest = args.slice(command.name.length);
  if (asksHelp(rest)) {
    output.out(command.help);
    return exitCodes.fine;
  }
  try {
    return await command.run(rest, output);
  } catch (error) {
    if (error instanceof Unanswered) {
      output.err(error.message);
      return exitCodes.wrongUse;
    }
    const isWrongUse =
      error instanceof WrongUse ||
      (error instanceof TypeError &&
        String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'));
    if (!isWrongUse) throw error;
    output.err(`${error.message}\nholdpoint ${command.name.join(' ')} --help says more`);
    return exitCodes.wrongUse;
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  output.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = exitCodes.wrongUse;
}
