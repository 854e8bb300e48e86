/** What a validator is measured against: the others of its subnet. */
import { readMaxTake } from '../../chain/queries/read-take.ts';
import type { ValidatorField } from '../../chain/queries/read-validators.ts';
import type { BlockView } from '../../chain/types.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import {
  reasonsFor,
  type ValidatorPeers,
  type ValidatorReason,
} from '../../domain/validator-reasons.ts';
import type { ValidatorRow } from './validator-rows.ts';

export async function readPeers(view: BlockView, field: ValidatorField): Promise<ValidatorPeers> {
  const permitted = field.validators.filter((each) => each.hasPermit);
  return {
    totalStakeRao: field.totalStakeRao,
    maxValidators: field.maxValidators,
    permitted: permitted.length,
    leastPermittedWeightRao: permitted.reduce(
      (least, { weightRao }) => (weightRao < least ? weightRao : least),
      permitted[0]?.weightRao ?? 0n,
    ),
    maxTakeU16: await readMaxTake(view),
    needsPermit: field.netuid !== ROOT_NETUID,
  };
}

/** Reasons of one validator; on root its trust is not measured. */
export function reasonsOf(row: ValidatorRow, peers: ValidatorPeers): readonly ValidatorReason[] {
  return reasonsFor({ ...row, trustU16: peers.needsPermit ? row.trustU16 : undefined }, peers);
}

/** A reason for a table: warnings are marked by a word, not by colour alone. */
export function reasonText({ isWarning, text }: ValidatorReason): string {
  return isWarning ? `Careful: ${text}` : text;
}
