/**
 * One block: the developer's actions, the economy's step, the time, the extrinsics; then the roots
 * and the header. The same parent state and the same input give the same block.
 */
import { applyBlock } from '../../economy/block.ts';
import type { Account, EconomyEvent } from '../../economy/state.ts';
import { type Header, slotLog, slotOf } from '../blocks/header.ts';
import { extrinsicsRoot, nextStateRoot } from '../blocks/roots.ts';
import { authorities } from '../genesis/accounts.ts';
import { runMarket } from '../market/run-market.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import { applyExtrinsic, inherentApplied } from './apply-extrinsic.ts';
import { refreshAutopilots } from './autopilot.ts';
import { applyAction, type DevAction } from './dev-actions.ts';
import { type EventRecord, encodeEvents, type Phase } from './event-records.ts';
import { encodeBare, type SignedExtrinsic } from './extrinsic.ts';
import type { Invalidity } from './validity.ts';

export type Candidate = { readonly signer: Account; readonly extrinsic: SignedExtrinsic };

export type BlockInput = {
  readonly actions: readonly DevAction[];
  readonly candidates: readonly Candidate[];
};

export type ParentBlock = {
  readonly number: number;
  readonly hash: Uint8Array;
  readonly stateRoot: Uint8Array;
};

export type ExecutedBlock = {
  readonly header: Header;
  readonly timeMs: number;
  /** Encoded extrinsics in order, the time first. */
  readonly extrinsics: readonly Uint8Array[];
  readonly events: Uint8Array;
  readonly eventCount: number;
  /** Candidates that no longer fit, with why; they are not in the block. */
  readonly dropped: readonly { readonly candidate: Candidate; readonly invalidity: Invalidity }[];
};

const INITIALIZATION: Phase = { kind: 'initialization' };

/** Makes the block after `parent`, changing `state` into the state after it. */
export function executeBlock(
  state: ChainState,
  parent: ParentBlock,
  input: BlockInput,
  timeMs: number,
): ExecutedBlock {
  const number = parent.number + 1;
  const author = authorities[slotOf(timeMs) % authorities.length] as Account;
  const records: EventRecord[] = [];
  const emit = (phase: Phase, events: readonly EconomyEvent[]): void => {
    for (const event of events) records.push({ phase, event });
  };
  for (const action of input.actions) emit(INITIALIZATION, applyAction(state, action));
  state.economy.parentHash = toHex(parent.hash);
  refreshAutopilots(state, number);
  emit(INITIALIZATION, runMarket(state, number));
  emit(INITIALIZATION, applyBlock(state.economy));
  const extrinsics = [timeInherent(timeMs)];
  emit({ kind: 'extrinsic', index: 0 }, [inherentApplied()]);
  const dropped: { candidate: Candidate; invalidity: Invalidity }[] = [];
  for (const candidate of input.candidates) {
    const index = extrinsics.length;
    const slot = { author, number, index };
    const applied = applyExtrinsic(state, candidate.signer, candidate.extrinsic, slot);
    if (!applied.ok) {
      dropped.push({ candidate, invalidity: applied.invalidity });
      continue;
    }
    extrinsics.push(candidate.extrinsic.bytes);
    emit({ kind: 'extrinsic', index }, applied.events);
  }
  const events = encodeEvents(records, profileOf(state));
  const root = extrinsicsRoot(extrinsics);
  const header: Header = {
    number,
    parentHash: parent.hash,
    stateRoot: nextStateRoot({
      parentRoot: parent.stateRoot,
      extrinsicsRoot: root,
      events,
      economy: state.economy,
    }),
    extrinsicsRoot: root,
    logs: [slotLog(timeMs)],
  };
  return { header, timeMs, extrinsics, events, eventCount: records.length, dropped };
}

/** The extrinsic with which a block says its time. */
export function timeInherent(timeMs: number): Uint8Array {
  return encodeBare({
    type: 'Timestamp',
    value: { type: 'set', value: { now: BigInt(timeMs) } },
  });
}
