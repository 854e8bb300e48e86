/** Makes so many blocks of a preset and prints, as JSON, what the process holds and took. */
import { createDevNode } from '../../src/devnode/create-dev-node.ts';

const [, , preset = 'finney', blocks = '10000'] = process.argv;
const node = await createDevNode({ preset });
let mostBytes = 0;
for (let left = Number.parseInt(blocks, 10); left > 0; left -= 500) {
  node.advance(Math.min(500, left));
  mostBytes = Math.max(mostBytes, process.memoryUsage().rss);
}
const { user, system } = process.cpuUsage();
const cpuMs = (user + system) / 1_000;
console.log(JSON.stringify({ mostBytes, endBytes: process.memoryUsage().rss, cpuMs }));
node.close();
