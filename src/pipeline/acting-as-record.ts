/** What a journal record tells about who signed for whom, and how far a multisig's approvals are. */
import type { Chain } from '../chain/types.ts';
import type { Journal, TxRecord } from '../ledger/types.ts';
import { readOpenApproval } from './plan-multisig-facts.ts';

/** A record with the number of approvals, where only the chain's state tells it. */
export type CountedRecord = TxRecord & { readonly approvalCount?: number };

export type ApprovalState = {
  readonly callHash: string;
  readonly threshold: number;
  /** Null where the record alone does not tell: neither the first approval nor the last. */
  readonly approvals: number | null;
  /** Whether this approval was the last, so that the call ran. */
  readonly isExecuted: boolean;
};

/** The account that signed; the record's own address is the one acted for. */
export function signerOfRecord(record: TxRecord): string {
  return actingOf(record)?.signer ?? record.address;
}

/** The account acted for, or null. */
export function actedForOfRecord(record: TxRecord): string | null {
  return actingOf(record) === undefined ? null : record.address;
}

/** Undefined unless the record is an approval that is in a block. */
export function approvalOfRecord(record: CountedRecord): ApprovalState | undefined {
  const acting = actingOf(record);
  if (acting?.threshold === undefined) return undefined;
  const { threshold } = acting;
  for (const { name, callHash } of approvalEvents(record)) {
    if (name === 'NewMultisig') return { callHash, threshold, approvals: 1, isExecuted: false };
    if (name === 'MultisigExecuted') {
      return { callHash, threshold, approvals: threshold, isExecuted: true };
    }
    const approvals = record.approvalCount ?? null;
    return { callHash, threshold, approvals, isExecuted: false };
  }
  return undefined;
}

/** How many of the newest transactions are looked through for an earlier approval. */
const SEARCHED_TRANSACTIONS = 10_000;

/** The newest approval of that very call given from here, whatever became of the call since. */
export function approvedHere(
  journal: Pick<Journal, 'list'>,
  multisig: string,
  callHash: string,
): TxRecord | undefined {
  return journal
    .list({ limit: SEARCHED_TRANSACTIONS })
    .find(
      (record) =>
        record.address === multisig &&
        record.state === 'succeeded' &&
        approvalOfRecord(record)?.callHash === callHash,
    );
}

/** `1 of 2; waits for more` as the receipt says it. */
export function approvalText({ approvals, threshold, isExecuted }: ApprovalState): string {
  if (isExecuted) return `${threshold} of ${threshold}, executed`;
  return `${approvals ?? 'more than 1'} of ${threshold}, not executed yet`;
}

/** Adds the count that the block's state has after an approval that was neither first nor last. */
export async function countApprovals(chain: Chain, record: TxRecord): Promise<CountedRecord> {
  const state = approvalOfRecord(record);
  const blockHash = record.outcome?.blockHash;
  if (state === undefined || state.approvals !== null || blockHash === undefined) return record;
  try {
    const view = await chain.at(blockHash);
    const open = await readOpenApproval(view, record.address, state.callHash);
    return open === undefined ? record : { ...record, approvalCount: open.approvals.length };
  } catch {
    // The approval is recorded; only how many there were before it stays unsaid.
    return record;
  }
}

type ActingIntent = { readonly signer: string; readonly threshold: number | undefined };

function actingOf({ intent }: TxRecord): ActingIntent | undefined {
  const { acting } = intent;
  if (typeof acting !== 'object' || acting === null) return undefined;
  const { signer, threshold } = acting as Readonly<Record<string, unknown>>;
  if (typeof signer !== 'string') return undefined;
  return { signer, threshold: typeof threshold === 'number' ? threshold : undefined };
}

const APPROVAL_EVENTS: readonly unknown[] = ['NewMultisig', 'MultisigApproval', 'MultisigExecuted'];

function approvalEvents(
  record: TxRecord,
): readonly { readonly name: unknown; readonly callHash: string }[] {
  const events = record.outcome?.events ?? [];
  return events.flatMap((event) => {
    const { pallet, name, fields } = event as {
      readonly pallet?: unknown;
      readonly name?: unknown;
      readonly fields?: { readonly multisig?: unknown; readonly call_hash?: unknown };
    };
    const isIt =
      pallet === 'Multisig' &&
      APPROVAL_EVENTS.includes(name) &&
      fields?.multisig === record.address;
    return isIt ? [{ name, callHash: String(fields.call_hash) }] : [];
  });
}
