/** Storage of Commitments, Crowdloan and MevShield. */
import type { Account } from '../../economy/state.ts';
import { BLOCK_TIME_MS, slotOf } from '../blocks/header.ts';
import { authorities } from '../genesis/accounts.ts';
import { NEXT_KEY_AHEAD, PENDING_KEY_AHEAD, shieldKeys } from '../runtime/shield-keys.ts';
import { toHex } from '../scale/hex.ts';
import type { CommitmentEntry } from '../state/chain-state.ts';
import type { View } from '../state/view.ts';
import { mapped, netuidsOf, never, type Provider, type Providers, single } from './provide.ts';

export const commitmentProviders: Providers = {
  CommitmentOf: perCommitment(({ block, fields }) => ({ deposit: 0n, block, info: { fields } })),
  LastCommitment: perCommitment(({ block }) => block),
  UsedSpaceOf: perCommitment(({ epoch, usedBytes }) => ({
    last_epoch: BigInt(epoch),
    used_space: BigInt(usedBytes),
  })),
  MaxSpace: never,
};

/** Nobody can open a crowdloan here. */
export const crowdloanProviders: Providers = {
  Crowdloans: never,
  NextCrowdloanId: never,
  Contributions: never,
  MaxContributions: never,
};

/** Keys rotate with every block: next, pending, current. Chain rule: pinned by shield.test.ts. */
export const shieldProviders: Providers = {
  CurrentKey: keyAhead(0),
  PendingKey: keyAhead(PENDING_KEY_AHEAD),
  NextKey: keyAhead(NEXT_KEY_AHEAD),
  AuthorKeys: mapped(
    (view, [author]) => {
      const seat = authorities.indexOf(author as Account);
      return seat < 0 ? undefined : keyText(view, nextTurn(view, seat));
    },
    () => authorities.map((author) => [author]),
  ),
  // Exclusive bounds.
  PendingKeyExpiresAt: single(({ block }) => block.number + PENDING_KEY_AHEAD + 1),
  NextKeyExpiresAt: single(({ block }) => block.number + NEXT_KEY_AHEAD + 1),
  MaxPendingExtrinsicsLimit: never,
  ExtrinsicLifetime: never,
  OnInitializeWeight: never,
  MaxExtrinsicWeight: never,
};

function perCommitment(read: (entry: CommitmentEntry) => unknown): Provider {
  return mapped(
    ({ state }, [netuid, hotkey]) => {
      const entry = state.commitments[netuid as number]?.[hotkey as Account];
      return entry === undefined ? undefined : read(entry);
    },
    function* ({ state }) {
      for (const netuid of netuidsOf(state.commitments)) {
        for (const hotkey of Object.keys(state.commitments[netuid] ?? {})) yield [netuid, hotkey];
      }
    },
  );
}

function keyAhead(blocks: number): Provider {
  return single((view) => keyText(view, view.block.number + blocks));
}

/** The next block of an author: the key it announced in its last one is for that. */
function nextTurn({ block }: View, seat: number): number {
  const ahead = authorities.findIndex((_, i) => {
    const slot = slotOf(block.timeMs + (i + 1) * BLOCK_TIME_MS);
    return slot % authorities.length === seat;
  });
  return block.number + ahead + 1;
}

function keyText(view: View, blockNumber: number): string {
  const genesisHash = view.hashAt(0) ?? view.block.hash;
  return toHex(shieldKeys(genesisHash, blockNumber).publicKey);
}
