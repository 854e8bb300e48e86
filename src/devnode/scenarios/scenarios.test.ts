import { describe, expect, it } from 'vitest';
import { findScenario, scenarios } from './catalogue.ts';
import { judgeObservation } from './judge-observations.ts';
import { runScenario, type ScenarioReport } from './run-scenario.ts';
import type { Observation } from './scenario.ts';

const SEEDS = [1, 2, 3] as const;

const mean = (report: ScenarioReport, figure: string, phase: string): number => {
  const at = report.phases.findIndex(({ name }) => name === phase);
  const found = report.means.find((one) => one.figure === figure)?.means[at];
  if (found === undefined) throw new Error(`no ${figure} in ${phase}`);
  return found;
};

const print = (title: string, rows: readonly (readonly [string, ...number[]])[]): void => {
  const lines = rows.map(([what, ...values]) =>
    [`  ${what.padEnd(46)}`, ...values.map((value) => value.toPrecision(4).padStart(12))].join(''),
  );
  process.stdout.write(`${[title, ...lines].join('\n')}\n`);
};

describe('every scenario', () => {
  it('is there, with phases within its epochs and steps before its end', () => {
    expect(scenarios.map(({ name }) => name)).toEqual([
      'calm',
      'halving',
      'dishonest-validator',
      'whale-exit',
      'subnet-dissolved',
      'take-rise',
      'runtime-upgrade',
    ]);
    for (const { phases, steps, epochs } of scenarios) {
      for (const { from, to } of phases) {
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(epochs);
      }
      for (const { epoch } of steps) expect(epoch).toBeLessThan(epochs);
    }
  });

  it.each(
    ['halving', 'whale-exit', 'subnet-dissolved', 'take-rise', 'runtime-upgrade'].flatMap((name) =>
      SEEDS.map((seed) => ({ name, seed })),
    ),
  )('shows what it says: $name, seed $seed', async ({ name, seed }) => {
    const report = await runScenario(findScenario(name), { seed });
    expect(report.observations.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBe(true);
  });

  it('gives the same report for the same seed, to the last digit', async () => {
    const run = () => runScenario(findScenario('subnet-dissolved'), { seed: 5 });
    expect(await run()).toEqual(await run());
  });

  it('is found by name only', () => {
    expect(() => findScenario('storm')).toThrow(
      expect.objectContaining({ code: 'DEV_SCENARIO_UNKNOWN' }),
    );
  });

  it('stops where the caller throws', async () => {
    const seen: number[] = [];
    const onEpoch = (passed: number): void => {
      seen.push(passed);
      if (passed === 2) throw new Error('enough');
    };
    await expect(runScenario(findScenario('calm'), { seed: 1, onEpoch })).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2]);
  });
});

describe('dishonest-validator', () => {
  it.each(SEEDS)('costs it trust, dividends and its delegators’ return, seed %i', async (seed) => {
    const report = await runScenario(findScenario('dishonest-validator'), { seed });
    const of = (figure: string): [string, number, number] => [
      figure,
      mean(report, figure, 'before'),
      mean(report, figure, 'after'),
    ];
    const crony = 'subnet 64 crony share';
    print(`dishonest-validator, seed ${seed}: before, after`, [
      ...['Ember trust', 'Ember dividends', 'Betrayed rate', 'Honest rate'].map(of),
      [`${crony}, without clipping`, lastMean(report, `${crony} without clipping`)],
      [`${crony}, as paid`, lastMean(report, crony)],
    ]);
    expect(report.observations.map(({ passed }) => passed)).toEqual(Array(9).fill(true));
  });
});

describe('calm', () => {
  it.each(SEEDS)('routes to answers above the best single miner, rising, seed %i', async (seed) => {
    const report = await runScenario(findScenario('calm'), { seed });
    const routed = 'subnet 64 routed quality';
    const single = 'subnet 64 best single quality';
    const phases = ['early', 'late', 'whole'];
    print(`calm, seed ${seed}: early, late, whole`, [
      [routed, ...phases.map((phase) => mean(report, routed, phase))],
      [single, ...phases.map((phase) => mean(report, single, phase))],
    ]);
    expect(mean(report, routed, 'whole')).toBeGreaterThan(mean(report, single, 'whole') + 0.05);
    expect(mean(report, routed, 'late')).toBeGreaterThan(mean(report, routed, 'early') + 0.02);
    expect(report.passed).toBe(true);
  });
});

/** Mean over the epochs that have the figure at all. */
function lastMean({ epochs }: ScenarioReport, figure: string): number {
  const values = epochs.flatMap((figures) => {
    const value = figures[figure];
    return typeof value === 'number' ? [value] : [];
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('an observation', () => {
  const phases = [{ name: 'all', from: 1, to: 2 }];
  const epochs = [
    { a: 1_000_000_000n, b: 2 },
    { a: 3_000_000_000n, b: 6 },
  ];
  const judge = (over: Partial<Observation>) =>
    judgeObservation(
      { text: '', left: { figure: 'a', phase: 'all' }, is: 'below', right: 2, ...over },
      phases,
      epochs,
    );

  it('compares means, amounts in whole units, and is strict', () => {
    expect(judge({})).toMatchObject({ left: 2, right: 2, passed: false });
    expect(judge({ right: { figure: 'b', phase: 'all' }, times: 0.6 }).passed).toBe(true);
    expect(judge({ is: 'above', right: 1.9 }).passed).toBe(true);
    expect(judge({ left: { figure: 'a', phase: 'all', over: 'b' }, right: 0.5 }).passed).toBe(
      false,
    );
  });

  it('is about as much within a relative deviation', () => {
    expect(judge({ is: 'about', right: 2.2, within: 0.1 }).passed).toBe(true);
    expect(judge({ is: 'about', right: 2.3, within: 0.1 }).passed).toBe(false);
    expect(judge({ is: 'about' }).passed).toBe(true);
  });

  it('of a figure or phase that is not there is a defect', () => {
    expect(() => judge({ left: { figure: 'c', phase: 'all' } })).toThrow('No figure "c"');
    expect(() => judge({ left: { figure: 'a', phase: 'x' } })).toThrow('No phase "x"');
  });
});
