/** Holds what a scenario says one should observe against what was recorded. Pure. */
import { toDouble } from '../../economy/fixed.ts';
import type { Figure, Figures } from './record-figures.ts';
import type { Mean, Observation, Phase } from './scenario.ts';

export type Judged = {
  readonly text: string;
  readonly left: number;
  readonly is: Observation['is'];
  /** What the left side is held against, factor included. */
  readonly right: number;
  readonly within: number | undefined;
  readonly passed: boolean;
};

/** `epochs[0]` is epoch 1. Throws for a figure or a phase that the scenario does not have. */
export function judgeObservation(
  observation: Observation,
  phases: readonly Phase[],
  epochs: readonly Figures[],
): Judged {
  const { text, is, within } = observation;
  const left = meanOf(observation.left, phases, epochs);
  const { right: given } = observation;
  const base = typeof given === 'number' ? given : meanOf(given, phases, epochs);
  const right = base * (observation.times ?? 1);
  const passed = {
    below: left < right,
    above: left > right,
    about: Math.abs(left - right) <= (within ?? 0) * Math.abs(right),
  }[is];
  return { text, left, is, right, within, passed };
}

/** Mean over a phase; amounts in whole TAO or alpha. */
export function phaseMean(figure: string, phase: Phase, epochs: readonly Figures[]): number {
  const values = epochs.slice(phase.from - 1, phase.to).map((figures) => {
    const value = figures[figure];
    if (value === undefined) throw new TypeError(`No figure "${figure}" in ${phase.name}`);
    return toNumber(value);
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanOf(mean: Mean, phases: readonly Phase[], epochs: readonly Figures[]): number {
  const phase = phases.find(({ name }) => name === mean.phase);
  if (phase === undefined) throw new TypeError(`No phase "${mean.phase}"`);
  const value = phaseMean(mean.figure, phase, epochs);
  return mean.over === undefined ? value : value / phaseMean(mean.over, phase, epochs);
}

function toNumber(value: Figure): number {
  return typeof value === 'bigint' ? toDouble(value, 0) / 1e9 : value;
}
