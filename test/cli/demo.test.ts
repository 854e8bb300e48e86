import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { createHome } from './tool.ts';

describe('tao demo', () => {
  const home = createHome();
  afterAll(() => home.remove());

  it('plays the main job through, earns what was estimated, and leaves nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('tao-demo-'));
    const document = await home.json(['demo']);
    expect(document.ok).toBe(true);
    const { commands, earned, estimate, isWithinRange } = document.data;
    expect(commands.filter((command: string) => command.includes('stake add'))).toHaveLength(3);
    expect(isWithinRange).toBe(true);
    const expected = BigInt(estimate.expected.alphaGain.rao);
    const difference = BigInt(earned.rao) - expected;
    // Nobody else trades on a chain of its own: the estimate is right to a thousandth.
    expect((difference < 0n ? -difference : difference) * 1_000n < expected).toBe(true);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('tao-demo-'));
    expect(after).toEqual(before);
  });

  it('prints each command so that it can be repeated', async () => {
    const run = await home.tao(['demo']);
    expect(run.code).toBe(0);
    const shown = run.stderr.split('\n').filter((line) => line.startsWith('$ tao '));
    expect(shown.length).toBeGreaterThan(12);
    expect(run.stderr).toContain('export TAO_HOME=');
    expect(run.stdout).toContain('within the range');
    expect(run.stdout + run.stderr).not.toMatch(/only-for-the-demo/);
  });
});
