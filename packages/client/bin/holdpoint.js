#!/usr/bin/env node
// npm links this file when it installs, which is before anything has been compiled.
import { existsSync } from 'node:fs';

const command = new URL('../dist/holdpoint.js', import.meta.url);
if (existsSync(command)) await import(command.href);
else {
  process.stderr.write('The holdpoint command has not been built yet: run `npm run build` first\n');
  process.exitCode = 2;
}
