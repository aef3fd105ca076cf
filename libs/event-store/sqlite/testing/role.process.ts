/** Takes a role and holds it until it is killed: `role.process.ts DIRECTORY ROLE`. */
import { acquireRoleLock } from '../role.lock.ts';

const [directory = '', role = ''] = process.argv.slice(2);
await acquireRoleLock(directory, role);
console.log('held');
setInterval(() => undefined, 1_000);
