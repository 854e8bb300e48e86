/**
 * The two roots of a header, of our own choosing: the extrinsics' is the hash of their list, the
 * state's a chain of hashes over what each block did. Deterministic, and cheap for empty blocks.
 */
import type { EconomyState } from '../../economy/state.ts';
import { blake2, compactBytes, joinBytes } from './header.ts';

export function extrinsicsRoot(extrinsics: readonly Uint8Array[]): Uint8Array {
  return blake2(joinBytes(compactBytes(extrinsics.length), ...extrinsics));
}

export type StateStep = {
  readonly parentRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  /** SCALE bytes of the block's events. */
  readonly events: Uint8Array;
  /** The economy after the block. */
  readonly economy: EconomyState;
};

export function nextStateRoot(step: StateStep): Uint8Array {
  const { economy } = step;
  const figures = [economy.taoIssuance, economy.totalStake];
  for (const netuid of economy.netuids) {
    const subnet = economy.subnets[netuid];
    if (subnet !== undefined) figures.push(subnet.taoReserve, subnet.alphaIn, subnet.alphaOut);
  }
  const packed = new DataView(new ArrayBuffer(figures.length * 8));
  for (const [i, figure] of figures.entries()) packed.setBigUint64(i * 8, figure, true);
  const tail = new Uint8Array(packed.buffer);
  return blake2(joinBytes(step.parentRoot, step.extrinsicsRoot, step.events, tail));
}
