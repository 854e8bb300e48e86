/** An unsigned plan from what the network said just now: all that a machine without one needs. */
import type { Chain } from '../../chain/types.ts';
import type { UnsignedPlan } from '../../signing/artifact.ts';
import { MAX_LINE_LENGTH, MAX_SUMMARY_LINES } from '../../signing/artifact.ts';
import { formatHex } from '../../signing/bytes.ts';
import type { Account } from '../account.ts';
import type { PartsNow } from '../payload-parts.ts';
import type { TxPlan } from '../plan.ts';
import { packMetadata } from './pack-metadata.ts';

/** Chain rule: a block takes 12 seconds. Faster chains end the era first. */
const BLOCK_MS = 12_000;
/** What a line of the file cannot hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const MAX_NAME_LENGTH = 200;

/** CHAIN_METADATA_UNUSABLE when the metadata is too large for a file. */
export async function createUnsignedPlan(made: {
  readonly chain: Chain;
  readonly account: Account;
  readonly plan: TxPlan;
  readonly rows: TxPlan['rows'];
  readonly now: PartsNow;
  readonly metadataHash: Uint8Array | undefined;
  readonly nowMs: number;
}): Promise<UnsignedPlan> {
  const { chain, account, plan, now, metadataHash, nowMs } = made;
  const { specVersion, transactionVersion, metadataBytes } = chain.runtime;
  return {
    kind: 'unsigned',
    chain: {
      name: chain.target.name.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_NAME_LENGTH),
      genesisHash: chain.genesisHash,
      specVersion,
      transactionVersion,
    },
    from: account.address,
    scheme: account.scheme,
    command: plan.command,
    summary: summaryLines(plan, made.rows),
    ...now.parts,
    era: now.era,
    nonce: now.nonce,
    tipRao: 0n,
    ...(metadataHash === undefined ? {} : { metadataHash: formatHex(metadataHash) }),
    metadata: await packMetadata(metadataBytes),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lifetimeMs(now),
  };
}

/** An immortal plan still goes stale with its prices: after the time of the default era. */
function lifetimeMs({ era }: PartsNow): number {
  const IMMORTAL_BLOCKS = 128;
  return (era.kind === 'mortal' ? era.period : IMMORTAL_BLOCKS) * BLOCK_MS;
}

function summaryLines(plan: TxPlan, rows: TxPlan['rows']): readonly string[] {
  return [
    plan.summary,
    ...rows.map(([label, value]) => `${label}: ${typeof value === 'string' ? value : value.text}`),
    ...plan.warnings.map((warning) => `Warning: ${warning}`),
  ]
    .slice(0, MAX_SUMMARY_LINES)
    .map((line) => line.replace(UNPRINTABLE, ' ').slice(0, MAX_LINE_LENGTH));
}
