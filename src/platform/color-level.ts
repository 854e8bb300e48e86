/** Decides how many colours a stream gets, once: flag, FORCE_COLOR, NO_COLOR, TERM, terminal, CI. Pure. */
import type { ColorChoice } from '../cli/context.ts';
import { isCi } from './host.ts';

export type ColorLevel = 0 | 1 | 2 | 3;

export type ColorQuestion = {
  /** From `--color`, TAO_COLOR or the preference. */
  readonly choice: ColorChoice;
  readonly env: (name: string) => string | undefined;
  readonly isTerminal: boolean;
};

/** The level: 0 none, 1 sixteen colours, 2 of 256, 3 of millions. */
export function colorLevel({ choice, env, isTerminal }: ColorQuestion): ColorLevel {
  if (choice === 'never') return 0;
  if (choice === 'always') return depth(env);
  const force = env('FORCE_COLOR');
  if (force !== undefined) return forced(force, env);
  if (env('NO_COLOR') !== undefined) return 0;
  if (env('TERM') === 'dumb' || !isTerminal || isCi(env)) return 0;
  return depth(env);
}

function forced(value: string, env: ColorQuestion['env']): ColorLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '1' || value === '2' || value === '3') {
    return ({ 1: 1, 2: 2, 3: 3 } as const)[value];
  }
  return depth(env);
}

function depth(env: ColorQuestion['env']): ColorLevel {
  const terminal = env('TERM') ?? '';
  if (/^(truecolor|24bit)$/i.test(env('COLORTERM') ?? '')) return 3;
  return /256/.test(terminal) ? 2 : 1;
}
