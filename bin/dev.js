// Builds, and runs the hub; Node runs this file again whenever a source changes (see "dev" in package.json).
import { execSync } from 'node:child_process';

execSync('npm run build --silent', { stdio: 'inherit' });
await import('../dist/apps/hub/main.js');
