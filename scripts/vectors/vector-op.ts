/** The shape of an economics operation and how its inputs are read. */
import { fromDouble } from '../../src/economy/fixed.ts';

/** Takes a vector's `inputs`, gives an object with every key of its `expected`. */
export type VectorOp = (inputs: never) => unknown;
export type Ops = Readonly<Record<string, VectorOp>>;

/** An integer of the files: a JSON number, or a decimal string above 2^53. */
export type Int = number | string;

export function int(value: Int): bigint {
  return BigInt(String(value));
}

/** A real number of the files as fixed point, to the nearest. */
export function fixed(value: number, fractionBits: number): bigint {
  return fromDouble(value, fractionBits);
}
