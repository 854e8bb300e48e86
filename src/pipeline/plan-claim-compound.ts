/** What each root position earns, and what a claim costs, read from one block. */

import type { StakeFacts, SubnetFacts } from '../chain/facts.ts';
import {
  type AutomaticClaims,
  type ClaimRules,
  claimRules,
  type OwedFacts,
  readAutomaticClaims,
  readOwed,
  rootStakesOf,
} from '../chain/queries/read-claims.ts';
import { type Dividends, readDividends } from '../chain/queries/read-dividends.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnets } from '../chain/queries/read-subnets.ts';
import { asRao } from '../chain/queries/shape.ts';
import type { BlockView, Chain } from '../chain/types.ts';
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { Rate } from '../ledger/rewards/claim-interval.ts';
import { readClaimFee } from './plan-claim-fee.ts';
import { readValidatorNames } from './validator-names.ts';

export type CompoundFacts = {
  readonly rules: ClaimRules;
  readonly feeRao: bigint;
  /** Expected blocks between two automatic claims; undefined: the chain makes none. */
  readonly automaticBlocks: number | undefined;
  readonly positions: readonly {
    readonly hotkey: string;
    readonly name: string;
    readonly stakeRao: bigint;
    readonly earned: Rate;
    /** Blocks until a subnet is due, from nothing owed; undefined: none will be. */
    readonly thresholdBlocks: bigint | undefined;
  }[];
};

export async function readCompoundFacts(
  chain: Chain,
  view: BlockView,
  coldkey: string,
): Promise<CompoundFacts> {
  const [stakes, subnets, dividends, automatic, feeRao] = await Promise.all([
    readStakes(view, [coldkey]),
    readSubnets(view),
    readDividends(view),
    readAutomaticClaims(view, coldkey),
    readClaimFee(chain, view, coldkey),
  ]);
  const roots = rootStakesOf(stakes);
  const hotkeys = roots.map(({ hotkey }) => hotkey);
  const [totals, names, owed] = await Promise.all([
    view.readMany(
      'SubtensorModule',
      'TotalHotkeyAlpha',
      hotkeys.map((h) => [h, ROOT_NETUID]),
    ),
    readValidatorNames(view, hotkeys),
    readOwed(view, coldkey, stakes),
  ]);
  const thresholds = thresholdsOf(owed);
  return {
    rules: claimRules(view),
    feeRao,
    automaticBlocks: expectedBlocks(automatic),
    positions: roots.map((stake, index) => {
      const share = { stake, totalRao: asRao(totals[index]) };
      return {
        hotkey: stake.hotkey,
        name: names.get(stake.hotkey) ?? '',
        stakeRao: stake.alphaRao,
        ...earning(share, { subnets, dividends, thresholds }),
      };
    }),
  };
}

function expectedBlocks(automatic: AutomaticClaims | undefined): number | undefined {
  if (automatic?.isMember !== true || automatic.perBlock === 0) return undefined;
  return Math.ceil(automatic.members / automatic.perBlock);
}

/** Threshold of each subnet with something owed, rao of its alpha. */
function thresholdsOf(owed: readonly OwedFacts[]): ReadonlyMap<number, bigint> {
  return new Map(
    owed.flatMap((one) => (one.kind === 'alpha' ? [[one.netuid, one.thresholdRao] as const] : [])),
  );
}

type Sources = {
  readonly subnets: readonly SubnetFacts[];
  readonly dividends: Dividends;
  readonly thresholds: ReadonlyMap<number, bigint>;
};

/** Sums dividend × share × price ÷ tempo over the subnets, with one common denominator. */
function earning(
  { stake, totalRao }: { readonly stake: StakeFacts; readonly totalRao: bigint },
  { subnets, dividends, thresholds }: Sources,
): { readonly earned: Rate; readonly thresholdBlocks: bigint | undefined } {
  let perBlock = 0n;
  let thresholdBlocks: bigint | undefined;
  for (const { netuid, tempo, priceRaoPerAlpha } of subnets) {
    const paidRao = dividends.root(netuid, stake.hotkey);
    if (netuid === ROOT_NETUID || tempo === 0 || paidRao === 0n || totalRao === 0n) continue;
    const ownRao = paidRao * stake.alphaRao;
    perBlock += (ownRao * priceRaoPerAlpha * SCALE) / (totalRao * RAO_PER_UNIT * BigInt(tempo));
    const threshold = thresholds.get(netuid) ?? 0n;
    const blocks = (threshold * totalRao * BigInt(tempo)) / ownRao;
    if (thresholdBlocks === undefined || blocks < thresholdBlocks) thresholdBlocks = blocks;
  }
  return { earned: { numeratorRao: perBlock, denominator: SCALE }, thresholdBlocks };
}

/** Earnings per block are kept to this part of a rao. */
const SCALE = 1_000_000n;
