/**
 * What starting costs: `tao --help`, a completion and `stake list --json` on the embedded chain,
 * against a bare `node -e 0`. All in turn within each round, so that a slow moment hits all alike;
 * medians; without NODE_EXTRA_CA_CERTS, which alone can double the time of a bare node.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/tao.js', import.meta.url));
const ROUNDS = 15;
const ADDRESS = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const CASES: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['node -e 0', ['-e', '0']],
  ['tao --help', [BIN, '--help']],
  ['tao stake add --help', [BIN, 'stake', 'add', '--help']],
  ['tao completion bash', [BIN, 'completion', 'bash']],
  ['tao config list', [BIN, 'config', 'list']],
  ['tao stake list --json (dev)', [BIN, 'stake', 'list', ADDRESS, '--network', 'dev', '--json']],
];

/** Prints the median of each case and its distance to bare node. */
export async function run(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'tao-bench-'));
  try {
    const env = { PATH: process.env.PATH ?? '', HOME: home, TAO_HOME: home };
    const times = new Map(CASES.map(([name]) => [name, [] as number[]]));
    // The first round fills caches (compiled code, metadata) and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, args] of CASES) {
        const elapsedMs = timeOf(args, env);
        if (round > 0) times.get(name)?.push(elapsedMs);
      }
    }
    const bareMs = median(times.get('node -e 0') ?? []);
    for (const [name, measured] of times) {
      const middleMs = median(measured);
      const over = name === 'node -e 0' ? '' : `  ${format(middleMs - bareMs)} over bare node`;
      console.log(`  ${name.padEnd(28)} ${format(middleMs)}${over}`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function timeOf(args: readonly string[], env: Readonly<Record<string, string>>): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const elapsedMs = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsedMs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function format(ms: number): string {
  return `${ms.toFixed(0).padStart(5)} ms`;
}
