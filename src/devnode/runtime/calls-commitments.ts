/** Calls of Commitments: what a registered hotkey says publicly about itself on one subnet. */
import type { Account } from '../../economy/state.ts';
import { encode, type Variant } from '../scale/codec.ts';
import { type CallContext, type CallRules, type DispatchResult, DONE, refused } from './context.ts';
import { type DispatchError, moduleError } from './dispatch-error.ts';

/** Constant MaxFields. */
const MAX_FIELDS = 3;
/** Storage MaxSpace: bytes one hotkey may write per tempo, at its default. */
const MAX_SPACE_BYTES = 3_100;
/** Chain rule: a smaller commitment counts as this many bytes. */
const LEAST_SPACE_BYTES = 100;

const commitmentError = (name: string): DispatchError => moduleError('Commitments', name);

export const commitmentCalls: CallRules = {
  set_commitment: (context, args) => {
    const netuid = args.netuid as number;
    const { fields } = args.info as { readonly fields: readonly Variant[] };
    const { economy, signer } = context;
    const subnet = economy.subnets[netuid];
    const isSeated = subnet?.neurons.some(({ hotkey }) => hotkey === signer) === true;
    if (!isSeated) return refused(commitmentError('AccountNotAllowedCommit'));
    if (fields.length > MAX_FIELDS) {
      return refused(commitmentError('TooManyFieldsInCommitmentInfo'));
    }
    return store(context, { netuid, fields, epoch: subnet?.epochIndex ?? 0 });
  },
};

type NewCommitment = {
  readonly netuid: number;
  readonly fields: readonly Variant[];
  readonly epoch: number;
};

function store(
  { state, signer, blockNumber, events }: CallContext,
  { netuid, fields, epoch }: NewCommitment,
): DispatchResult {
  const length = encode('CommitmentInfo', { fields }).length;
  const space = Math.max(length, LEAST_SPACE_BYTES);
  const before = state.commitments[netuid]?.[signer];
  const used = before?.epoch === epoch ? before.usedBytes : 0;
  if (used + space > MAX_SPACE_BYTES) return refused(commitmentError('SpaceLimitExceeded'));
  const entry = { block: blockNumber, fields, epoch, usedBytes: used + space };
  const onSubnet: Record<Account, typeof entry> = { ...state.commitments[netuid], [signer]: entry };
  state.commitments[netuid] = onSubnet;
  const named = { netuid, who: signer };
  events.push({ pallet: 'Commitments', name: 'Commitment', fields: named });
  return DONE;
}
