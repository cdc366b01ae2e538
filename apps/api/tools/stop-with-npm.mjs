// npm that is told to stop does not always tell the script that it runs. A server left behind would hold its port and
// its data, so the script watches for npm and stops in order once it is gone.
import { readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const pace = 500;

/** Name and parent of a process; null where this system does not say (there is /proc on Linux only). */
function processOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return {
      name: stat.slice(stat.indexOf('(') + 1, end),
      parent: Number(stat.slice(end + 2).split(' ')[1]),
    };
  } catch {
    return null;
  }
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Does nothing for a script that npm did not start: a parent's end then means nothing (nohup, a closed terminal). */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const shell = processOf(parent);
  // npm runs a script through a shell, which some shells replace by the script and others stay in between.
  const npm = shell && /^(ba|da|a|z|k)?sh$/.test(shell.name) && shell.parent > 1 ? shell.parent : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, pace);
  timer.unref();
}
