/** Several mechanisms on one subnet: how the emission is split over them. */
import { U16_ONE } from './q32.ts';

/**
 * The rao of each mechanism: even, or ⌊total × part ÷ 65,535⌋ with u16 `parts`. What the floors
 * leave over goes to mechanism 0.
 */
export function splitOverMechanisms(
  emissionRao: bigint,
  mechanisms: number,
  parts?: readonly number[],
): bigint[] {
  const split: bigint[] = [];
  let rest = emissionRao;
  for (let mechanism = 0; mechanism < mechanisms; mechanism += 1) {
    const rao =
      parts === undefined
        ? emissionRao / BigInt(mechanisms)
        : (emissionRao * BigInt(parts[mechanism] ?? 0)) / BigInt(U16_ONE);
    const given = rao < rest ? rao : rest;
    split.push(given);
    rest -= given;
  }
  if (split[0] !== undefined) split[0] += rest;
  return split;
}
