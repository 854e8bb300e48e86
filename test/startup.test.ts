/** Start-up is a feature: what a plain command loads is listed here, and more is a decision. */
import { afterAll, describe, expect, it } from 'vitest';
import { createTracedBuild } from './helpers/loaded-modules.ts';

const build = createTracedBuild();
afterAll(() => build.remove());

/** Parsing, printing, and the words of every command; a fraction of what the whole tool is. */
const MAX_BYTES = 260_000;
const ADDRESS = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

describe('what loads neither chain nor store nor any library but the parser', () => {
  it.each([
    ['--help', 0],
    ['stake add --help', 0],
    ['help config', 0],
    ['--version', 0],
    ['stake', 2],
    ['stake ad', 2],
    ['completion bash', 0],
    ['config list', 0],
    ['config path --json', 0],
  ])('tao %s', (line, exitCode) => {
    const loaded = build.run(line.split(' '));
    expect(loaded.exitCode).toBe(exitCode);
    // Plain help and version do not even need the parser.
    const isPlain = ['--help', '--version'].includes(line);
    expect(loaded.packages).toEqual(isPlain ? [] : ['commander']);
    expect(loaded.sources.filter((path) => !isLight(path))).toEqual([]);
    expect(loaded.bytes).toBeLessThan(MAX_BYTES);
  });
});

describe('what reads the chain', () => {
  it.each([`stake list ${ADDRESS} --network dev`, 'subnet list --network dev --json'])(
    'tao %s loads no key crypto, no prompt, no spinner and no preferences writer',
    (line) => {
      const loaded = build.run(line.split(' '));
      expect(loaded.exitCode).toBe(0);
      const heavy = loaded.packages.filter((name) =>
        /^(?:@polkadot\/|@inquirer\/|inquirer$|ora$|conf$|ajv|@node-rs\/|libsql$|ws$)/.test(name),
      );
      expect(heavy).toEqual([]);
    },
  );
});

/** The frame, the specs, and what turns a network's name into a URL: nothing that opens anything. */
function isLight(path: string): boolean {
  return (
    /^src\/(?:cli|platform|compose|errors|domain)\//.test(path) ||
    /^src\/(?:main|program)\.ts$/.test(path) ||
    /^src\/commands\/(?:[a-z-]+\.ts|[a-z-]+\/(?:specs?(?:-[a-z-]+)?|completion)\.ts)$/.test(path) ||
    path.startsWith('src/commands/config/') ||
    /^src\/chain\/(?:known-networks|showable-url)\.ts$/.test(path)
  );
}
