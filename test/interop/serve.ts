/** Serves a dev chain in memory for the interoperability run, until it is told to stop. */
import { createDevNode } from '../../src/devnode/create-dev-node.ts';
import { serveDevNode } from '../../src/devnode/serve-dev-node.ts';

const node = await createDevNode();
const served = await serveDevNode(node, { port: 0 });
process.stdout.write(`${served.url}\n`);
process.once('SIGTERM', () => {
  served.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
