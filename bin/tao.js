#!/usr/bin/env node
// The shim: refuses a Node that is too old, turns on the compile cache where there is one, and starts.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `tao needs Node 20.19 or newer; this is ${process.versions.node}.\nInstall a newer Node from your system's packages and run tao again.   [NODE_TOO_OLD]\n`,
  );
  process.exit(1);
}
const { enableCompileCache } = await import('node:module').then((m) => m.default ?? m);
enableCompileCache?.();
await import('../dist/main.js');
