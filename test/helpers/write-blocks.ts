/** Makes blocks in the folder given until it is killed, and prints each number that was reached. */
import { createDevNode } from '../../src/devnode/create-dev-node.ts';
import { makeBlocks } from './make-blocks.ts';

const path = process.argv[2] as string;
const owner = { pid: process.pid, isAlive: () => false };
const node = await createDevNode({ folder: { path, owner } });
for (let step = 0; ; step += 1) process.stdout.write(`${makeBlocks(node, step)}\n`);
