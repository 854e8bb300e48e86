/** Mortality: when bytes begin and stop being valid, in the two-byte form of the chain. */
import type { Era, EraShape } from '../types.ts';
import { undecodable } from './type-registry.ts';

export const MIN_PERIOD = 4;
export const MAX_PERIOD = 65_536;
/** Chain rule: births are quantised so that the phase fits 12 bits. */
const PHASE_STEPS = 4_096;

/** The smallest allowed period that lasts at least `blocks` blocks, 65,536 at most. */
export function roundPeriodUp(blocks: number): number {
  const power = 2 ** Math.ceil(Math.log2(Math.max(blocks, MIN_PERIOD)));
  return Math.min(power, MAX_PERIOD);
}

/** The block an era of `period` begins at when it is made at block `current`. */
export function birthBlock(period: number, current: number): number {
  const step = quantiseStep(period);
  return current - (current % step);
}

/** The first block in which bytes with this era are no longer valid; undefined when immortal. */
export function deathBlock(era: Era): number | undefined {
  return era.kind === 'immortal' ? undefined : era.birthNumber + era.period;
}

/** The era's bytes: one for immortal, two for mortal. A period that is no power of two is a defect. */
export function encodeEra(era: Era): Uint8Array {
  if (era.kind === 'immortal') return Uint8Array.of(0);
  const { period, birthNumber } = era;
  const exponent = Math.log2(period);
  if (!Number.isInteger(exponent) || period < MIN_PERIOD || period > MAX_PERIOD) {
    throw new RangeError(`${period} is not a power of two from ${MIN_PERIOD} to ${MAX_PERIOD}`);
  }
  const step = quantiseStep(period);
  const phase = birthNumber % period;
  if (phase % step !== 0) {
    throw new RangeError(`An era of ${period} blocks cannot begin at block ${birthNumber}`);
  }
  const encoded = (exponent - 1) | ((phase / step) << 4);
  return Uint8Array.of(encoded & 0xff, encoded >> 8);
}

/** The era at the start of `bytes`. CHAIN_UNDECODABLE. */
export function decodeEra(bytes: Uint8Array): { readonly era: EraShape; readonly length: 1 | 2 } {
  const [low, high] = bytes;
  if (low === 0) return { era: { kind: 'immortal' }, length: 1 };
  if (low === undefined || high === undefined) throw undecodable('the era', 'it ends too early');
  const encoded = low | (high << 8);
  const period = 2 ** ((encoded & 0b1111) + 1);
  const phase = (encoded >> 4) * quantiseStep(period);
  if (period < MIN_PERIOD || phase >= period) {
    throw undecodable('the era', 'its phase is outside its period');
  }
  return { era: { kind: 'mortal', period, phase }, length: 2 };
}

function quantiseStep(period: number): number {
  return Math.max(1, period / PHASE_STEPS);
}
