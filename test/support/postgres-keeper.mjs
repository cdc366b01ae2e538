// Runs beside the tests' shared PostgreSQL and ends it once no process that uses it is alive, however they ended.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder, postmaster] = [process.argv[2], Number(process.argv[3])];
const users = join(folder, 'users');

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function anyoneLeft() {
  let left = 0;
  for (const name of existsSync(users) ? readdirSync(users) : []) {
    if (isAlive(Number(name))) left += 1;
    else rmSync(join(users, name), { force: true });
  }
  return left > 0;
}

let idleSince = Date.now();
const timer = setInterval(() => {
  if (anyoneLeft()) idleSince = Date.now();
  const isOver = Date.now() - idleSince > 4_000;
  if (!isOver && isAlive(postmaster)) return;
  clearInterval(timer);
  // The folder goes first, so that nobody begins to use a server that is ending.
  rmSync(join(folder, 'server.json'), { force: true });
  if (isAlive(postmaster)) process.kill(postmaster, 'SIGQUIT');
  setTimeout(() => rmSync(folder, { recursive: true, force: true }), 500);
}, 1_000);
