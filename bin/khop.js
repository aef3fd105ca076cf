#!/usr/bin/env node
// The hub needs the Node version that the project brings along; whichever Node finds this file hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const main = here('../dist/apps/cli/main.js');
if (!existsSync(main)) {
  console.error('khop is not built yet: run "npm ci" (or "npm run build") in its folder first.');
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import(main);
} else {
  const node = here('../node_modules/node/bin/node');
  if (!existsSync(node)) {
    console.error(`khop needs Node ${NEEDED_MAJOR}: run "npm ci" in its folder, which brings that version along.`);
    process.exit(1);
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // The terminal sends its signals to the whole group; those sent to this process alone are handed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
