/** Plans a change of how root dividends are paid: pure. */
import type { ClaimType } from '../chain/queries/read-claims.ts';
import { encodeClaimType } from '../chain/queries/read-claims.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { paidAs } from './plan-claim.ts';

export type ClaimTypeFacts = {
  /** Undefined: this runtime leaves no choice. */
  readonly now: ClaimType | undefined;
  /** Netuids that exist. */
  readonly netuids: readonly number[];
};

/** CHAIN_LACKS_CALL, SUBNET_UNKNOWN. */
export function planClaimType(wanted: ClaimType, facts: ClaimTypeFacts): TxPlan {
  if (facts.now === undefined) throw noChoice();
  const unknown =
    wanted.kind === 'keep-subnets'
      ? wanted.netuids.find((netuid) => !facts.netuids.includes(netuid))
      : undefined;
  if (unknown !== undefined) throw unknownSubnet(unknown);
  const isSame = JSON.stringify(facts.now) === JSON.stringify(wanted);
  return {
    command: 'rewards.claim-type',
    summary: `Have root dividends paid as ${wanted.kind}`,
    question: `Change the claim type to ${wanted.kind}?`,
    call: {
      pallet: 'SubtensorModule',
      name: 'set_root_claim_type',
      args: { new_root_claim_type: encodeClaimType(wanted) },
    },
    rows: [
      ['Claim type', { text: wanted.kind, tone: 'strong' }],
      ['Paid as', paidAs(wanted)],
      ['Until now', `${paidAs(facts.now)} (${facts.now.kind})`],
    ],
    warnings: isSame ? ['It is that already; the transaction would change nothing.'] : [],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [] },
    data: { type: claimTypeData(wanted), before: claimTypeData(facts.now) },
  };
}

export function claimTypeData(type: ClaimType): Readonly<Record<string, unknown>> {
  return { kind: type.kind, netuids: type.kind === 'keep-subnets' ? type.netuids : [] };
}

function noChoice(): TaoError {
  return new TaoError('CHAIN_LACKS_CALL', {
    message: "Couldn't set the claim type: this runtime leaves no choice, and pays in root stake.",
    hint: 'Run tao rewards claim --dry-run to see what is owed.',
    data: { call: 'SubtensorModule.set_root_claim_type' },
  });
}

function unknownSubnet(netuid: number): TaoError {
  return new TaoError('SUBNET_UNKNOWN', {
    message: `Couldn't keep the alpha of subnet ${netuid}: there is no such subnet on this chain.`,
    hint: 'Run tao subnet list to see the subnets.',
    data: { netuid },
  });
}
