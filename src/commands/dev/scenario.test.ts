import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createDevTool } from '../../../test/helpers/dev-tool.ts';
import { scenarios } from '../../devnode/scenarios/catalogue.ts';
import { runScenario } from '../../devnode/scenarios/run-scenario.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { renderReport } from './scenario-run.view.ts';
import { SCENARIO_NAMES } from './specs-scenario.ts';

const tool = createDevTool();
afterAll(tool.remove);

describe('tao dev scenario', () => {
  it('knows exactly the scenarios there are', async () => {
    expect(scenarios.map(({ name }) => name)).toEqual([...SCENARIO_NAMES]);
    const [exitCode, { data }] = await tool.json(['dev', 'scenario', 'list']);
    expect(exitCode).toBe(0);
    expect(data.scenarios.map(({ name }: { name: string }) => name)).toEqual([...SCENARIO_NAMES]);
  });

  it('reports phases, every epoch and each observation, and leaves no chain behind', async () => {
    const [exitCode, { data }] = await tool.json(['dev', 'scenario', 'run', 'subnet-dissolved']);
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ scenario: 'subnet-dissolved', seed: 1, passed: true });
    expect(data.epochs).toHaveLength(12);
    expect(data.epochs[0].figures['Ada free']).toBe('400');
    expect(data.epochs[11]).toMatchObject({ epoch: 12, block: 4_320 });
    const free = data.figures.find(({ name }: { name: string }) => name === 'Ada free');
    expect(free).toEqual({ name: 'Ada free', unit: 'TAO', means: ['400', '490.055928574'] });
    expect(data.observations.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(readdirSync(tool.path)).not.toContain('dev');
  });

  it('shows the story, the figures and the verdict on a terminal', async () => {
    const { exitCode, stdout } = await tool.run(['dev', 'scenario', 'run', 'subnet-dissolved'], {
      terminal: 'all',
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Block 2161      Subnet 8 is dissolved.');
    expect(stdout).toMatch(/Ada free +400\.000 +490\.056 +TAO/);
    expect(stdout).toMatch(/PASS +Ada’s position is gone/);
    expect(stdout).toContain('4 of 4 observations held.');
  });

  it.each([
    [['nope'], 'USAGE_INVALID'],
    [[], 'USAGE_MISSING'],
    [['calm', '--seed', '4294967296'], 'USAGE_INVALID'],
  ])('refuses %j', async (words, code) => {
    const [exitCode, { error }] = await tool.json(['dev', 'scenario', 'run', ...words]);
    expect([exitCode, error.code]).toEqual([2, code]);
  });

  it('ends with exit code 130 when it is stopped', async () => {
    const stopped = new TaoError('INTERRUPTED', { message: 'Stopped.' });
    const [exitCode] = await tool.json(['dev', 'scenario', 'run', 'calm'], {
      adapt: (context) => ({ ...context, signal: AbortSignal.abort(stopped) }),
    });
    expect(exitCode).toBe(130);
  });
});

describe('an observation that fails', () => {
  it('is said, in the verdict too', async () => {
    const scenario = scenarios.find(({ name }) => name === 'subnet-dissolved');
    if (scenario === undefined) throw new Error('no such scenario');
    const [first, ...others] = scenario.observations;
    if (first === undefined) throw new Error('no observations');
    const wrong = { ...scenario, observations: [{ ...first, right: 7 }, ...others] };
    const report = await runScenario(wrong, { seed: 1 });
    expect(report.passed).toBe(false);
    const view = renderReport(report, wrong, { isTerminal: true, width: 80 });
    expect(JSON.stringify(view)).toContain('FAIL');
    expect(view.at(-1)).toEqual({
      kind: 'line',
      text: { text: '3 of 4 observations held.', tone: 'bad' },
    });
  });
});
