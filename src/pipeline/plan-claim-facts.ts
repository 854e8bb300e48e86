/** Gathers what a claim's plan needs from one block. */
import { quoteSell } from '../chain/queries/quote-swap.ts';
import {
  claimRules,
  type OwedFacts,
  readAutomaticClaims,
  readClaimType,
  readOwed,
} from '../chain/queries/read-claims.ts';
import { readPrices } from '../chain/queries/read-prices.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import type { BlockView } from '../chain/types.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { ClaimPlanFacts, ClaimRow } from './plan-claim.ts';
import { readValidatorNames } from './validator-names.ts';

export async function readClaimPlanFacts(
  view: BlockView,
  coldkey: string,
): Promise<ClaimPlanFacts> {
  const [stakes, type, automatic] = await Promise.all([
    readStakes(view, [coldkey]),
    readClaimType(view, coldkey),
    readAutomaticClaims(view, coldkey),
  ]);
  const owed = await readOwed(view, coldkey, stakes);
  const hotkeys = owed.map(({ hotkey }) => hotkey);
  const [names, worth] = await Promise.all([
    readValidatorNames(view, hotkeys),
    readWorth(view, owed, (netuid) => keepsAlpha(type, netuid)),
  ]);
  return {
    rules: claimRules(view),
    type,
    automatic,
    rows: owed.map((one) => rowOf(one, names.get(one.hotkey) ?? '', worth)),
    claimsOneHotkey: view.runtime.has.call('SubtensorModule', 'claim_root_with_hotkey'),
  };
}

function keepsAlpha(type: ClaimPlanFacts['type'], netuid: number): boolean {
  if (type?.kind === 'keep') return true;
  return type?.kind === 'keep-subnets' && type.netuids.includes(netuid);
}

/** What an alpha of each subnet brings: numerator of TAO over denominator of alpha, both in rao. */
type Worth = ReadonlyMap<number, { readonly taoRao: bigint; readonly alphaRao: bigint }>;

async function readWorth(
  view: BlockView,
  owed: readonly OwedFacts[],
  isKept: (netuid: number) => boolean,
): Promise<Worth> {
  const due = new Map<number, bigint>();
  for (const one of owed) {
    if (one.kind === 'alpha') due.set(one.netuid, (due.get(one.netuid) ?? 0n) + one.alphaRao);
  }
  if (due.size === 0) return new Map();
  const prices = await readPrices(view);
  const entries = await Promise.all(
    [...due].map(async ([netuid, alphaRao]) => {
      const spotRao = valueAtPriceFloor(alphaRao, prices.get(netuid) ?? 0n);
      const taoRao = isKept(netuid) ? spotRao : await simulateSale(view, netuid, alphaRao);
      return [netuid, { taoRao, alphaRao }] as const;
    }),
  );
  return new Map(entries);
}

/** The simulation takes the pool's fee, which a claim does not pay: the figure is a little low. */
async function simulateSale(view: BlockView, netuid: number, alphaRao: bigint): Promise<bigint> {
  try {
    return (await quoteSell(view, netuid, alphaRao)).amountOutRao;
  } catch (error) {
    if (isTaoError(error, 'CHAIN_LIQUIDITY')) return 0n;
    throw error;
  }
}

function rowOf(owed: OwedFacts, name: string, worth: Worth): ClaimRow {
  const { hotkey, thresholdRao } = owed;
  if (owed.kind === 'basket') {
    const { sharesRao, taoRao } = owed;
    return {
      hotkey,
      name,
      netuid: undefined,
      owedRao: sharesRao,
      thresholdRao,
      isDue: taoRao >= thresholdRao,
      worthRao: taoRao,
    };
  }
  const { netuid, alphaRao } = owed;
  const whole = worth.get(netuid);
  const worthRao = whole === undefined ? undefined : (whole.taoRao * alphaRao) / whole.alphaRao;
  return {
    hotkey,
    name,
    netuid,
    owedRao: alphaRao,
    thresholdRao,
    isDue: alphaRao >= thresholdRao,
    worthRao,
  };
}
