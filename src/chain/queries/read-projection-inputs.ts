/** Everything an estimate needs of one block, read in parallel. It judges and projects nothing. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type {
  ProjectionGlobals,
  ProjectionInputs,
  ProjectionSubnet,
  ProjectionValidator,
} from '../../domain/projection-inputs.ts';
import type { BlockView } from '../types.ts';
import { type NetuidItem, readColumn } from './read-column.ts';
import { type Dividends, readDividends } from './read-dividends.ts';
import { readHotkeyOwners } from './read-limits.ts';
import { readNetuids, WEIGHT_UNIT } from './read-prices.ts';
import { asCount, asFlag, asList, asRao } from './shape.ts';

const PALLET = 'SubtensorModule';

/** CHAIN_LACKS_ITEM when this runtime no longer stores the economy in this form. */
export async function readProjectionInputs(
  view: BlockView,
  netuid: number,
  hotkey: string,
): Promise<ProjectionInputs> {
  const [netuids, dividends, global] = await Promise.all([
    readNetuids(view),
    readDividends(view),
    readGlobals(view),
  ]);
  const [subnets, validators] = await Promise.all([
    readProjectionSubnets(view, netuids, dividends),
    readValidators(view, { netuid, hotkey, dividends }),
  ]);
  return { blockNumber: view.number, netuid, hotkey, global, subnets, validators };
}

async function readGlobals(view: BlockView): Promise<ProjectionGlobals> {
  const [issuance, taoWeight, rootTao, ownerCut, claimers] = await Promise.all([
    view.read(PALLET, 'TotalIssuance'),
    view.read(PALLET, 'TaoWeight'),
    view.read(PALLET, 'SubnetTAO', ROOT_NETUID),
    view.read(PALLET, 'SubnetOwnerCut'),
    readClaimers(view),
  ]);
  return {
    issuanceRao: asRao(issuance),
    taoWeightU64: asRao(taoWeight),
    rootTaoRao: asRao(rootTao),
    ownerCutU16: asCount(ownerCut),
    rootDividendsSold: claimers === undefined || claimers > 0,
  };
}

/** Coldkeys whose root dividends the chain claims in turn; undefined where it has no such list. */
async function readClaimers(view: BlockView): Promise<number | undefined> {
  if (!view.runtime.has.storage(PALLET, 'NumStakingColdkeys')) return undefined;
  return asCount(await view.read(PALLET, 'NumStakingColdkeys'));
}

/** Storage items with one value per netuid, and what a runtime without the item means. */
const perNetuid = {
  mechanism: [PALLET, 'SubnetMechanism', 1],
  taoReserve: [PALLET, 'SubnetTAO', 0n],
  alphaIn: [PALLET, 'SubnetAlphaIn', 0n],
  alphaOut: [PALLET, 'SubnetAlphaOut', 0n],
  quoteWeight: ['Swap', 'SwapBalancer', WEIGHT_UNIT / 2n],
  feeRate: ['Swap', 'FeeRate', 0],
  emaPrice: [PALLET, 'SubnetMovingPrice', 0n],
  tempo: [PALLET, 'Tempo', 0],
  lastEpochBlock: [PALLET, 'LastEpochBlock', 0n],
  lastStepBlock: [PALLET, 'LastMechansimStepBlock', 0n],
  blocksSinceLastStep: [PALLET, 'BlocksSinceLastStep', 0n],
  firstEmissionBlock: [PALLET, 'FirstEmissionBlockNumber', undefined],
  registrationAllowed: [PALLET, 'NetworkRegistrationAllowed', true],
  subtokenEnabled: [PALLET, 'SubtokenEnabled', true],
  emissionEnabled: [PALLET, 'SubnetEmissionEnabled', true],
  ownerCutEnabled: [PALLET, 'OwnerCutEnabled', true],
  pendingServer: [PALLET, 'PendingServerEmission', 0n],
  pendingValidator: [PALLET, 'PendingValidatorEmission', 0n],
  pendingRoot: [PALLET, 'PendingRootAlphaDivs', 0n],
  pendingOwnerCut: [PALLET, 'PendingOwnerCut', 0n],
  taoInEmission: [PALLET, 'SubnetTaoInEmission', 0n],
  alphaInEmission: [PALLET, 'SubnetAlphaInEmission', 0n],
  alphaOutEmission: [PALLET, 'SubnetAlphaOutEmission', 0n],
} as const satisfies Record<string, NetuidItem>;

type Column = keyof typeof perNetuid;

async function readProjectionSubnets(
  view: BlockView,
  netuids: readonly number[],
  dividends: Dividends,
): Promise<readonly ProjectionSubnet[]> {
  const columns = Object.keys(perNetuid) as Column[];
  const values = await Promise.all(
    columns.map((column) => readColumn(view, perNetuid[column], netuids)),
  );
  const byColumn = new Map(columns.map((column, index) => [column, values[index]]));
  return netuids.map((netuid, index) => {
    const of = (column: Column): unknown => byColumn.get(column)?.[index];
    const first = of('firstEmissionBlock');
    return {
      netuid,
      mechanism: asCount(of('mechanism')),
      taoReserveRao: asRao(of('taoReserve')),
      alphaInRao: asRao(of('alphaIn')),
      alphaOutRao: asRao(of('alphaOut')),
      quoteWeight: asRao(of('quoteWeight')),
      feeRateU16: asCount(of('feeRate')),
      emaPriceBits: asRao(of('emaPrice')),
      tempo: asCount(of('tempo')),
      lastEpochBlock: asCount(of('lastEpochBlock')) || asCount(of('lastStepBlock')),
      blocksSinceLastStep: asCount(of('blocksSinceLastStep')),
      firstEmissionBlock: first === undefined ? undefined : asCount(first),
      registrationAllowed: asFlag(of('registrationAllowed')),
      subtokenEnabled: asFlag(of('subtokenEnabled')),
      emissionEnabled: asFlag(of('emissionEnabled')),
      ownerCutEnabled: asFlag(of('ownerCutEnabled')),
      pendingServerRao: asRao(of('pendingServer')),
      pendingValidatorRao: asRao(of('pendingValidator')),
      pendingRootRao: asRao(of('pendingRoot')),
      pendingOwnerCutRao: asRao(of('pendingOwnerCut')),
      taoInEmissionRao: asRao(of('taoInEmission')),
      alphaInEmissionRao: asRao(of('alphaInEmission')),
      alphaOutEmissionRao: asRao(of('alphaOutEmission')),
      lastDividendsRao: dividends.totalAlpha(netuid),
      lastRootDividendsRao: dividends.totalRoot(netuid),
    };
  });
}

type Position = {
  readonly netuid: number;
  readonly hotkey: string;
  readonly dividends: Dividends;
};

type Pair = { readonly hotkey: string; readonly netuid: number };

async function readValidators(
  view: BlockView,
  { netuid, hotkey, dividends }: Position,
): Promise<readonly ProjectionValidator[]> {
  const earning = dividends.pairs.filter(
    (pair) => netuid === ROOT_NETUID || pair.netuid === netuid,
  );
  const pairs = withTarget(earning, { hotkey, netuid });
  const hotkeys = [...new Set(pairs.map((pair) => pair.hotkey))].sort();
  const single = hotkeys.map((key) => [key]);
  const [owners, takes, roots, alphas, permits] = await Promise.all([
    readHotkeyOwners(view, hotkeys),
    view.readMany(PALLET, 'Delegates', single),
    view.readMany(
      PALLET,
      'TotalHotkeyAlpha',
      hotkeys.map((key) => [key, ROOT_NETUID]),
    ),
    view.readMany(
      PALLET,
      'TotalHotkeyAlpha',
      pairs.map((pair) => [pair.hotkey, pair.netuid]),
    ),
    readPermits(view, pairs),
  ]);
  return hotkeys.map((key, index) => ({
    hotkey: key,
    owner: owners[index] ?? '',
    takeU16: asCount(takes[index]),
    rootRao: asRao(roots[index]),
    onSubnets: pairs.flatMap((pair, at) => {
      if (pair.hotkey !== key) return [];
      const row = {
        netuid: pair.netuid,
        alphaRao: asRao(alphas[at]),
        lastDividendRao: dividends.alpha(pair.netuid, key),
        lastRootDividendRao: dividends.root(pair.netuid, key),
        hasPermit: permits[at] === true,
      };
      return [row];
    }),
  }));
}

function withTarget(pairs: readonly Pair[], target: Pair): readonly Pair[] {
  const isIn = pairs.some((p) => p.hotkey === target.hotkey && p.netuid === target.netuid);
  return isIn ? pairs : [...pairs, target];
}

/** Whether each hotkey may validate on its subnet. */
async function readPermits(view: BlockView, pairs: readonly Pair[]): Promise<readonly boolean[]> {
  const netuids = [...new Set(pairs.map((pair) => pair.netuid))];
  const [permits, uids] = await Promise.all([
    view.readMany(
      PALLET,
      'ValidatorPermit',
      netuids.map((netuid) => [netuid]),
    ),
    view.readMany(
      PALLET,
      'Uids',
      pairs.map((pair) => [pair.netuid, pair.hotkey]),
    ),
  ]);
  const byNetuid = new Map(netuids.map((netuid, index) => [netuid, asList(permits[index])]));
  return pairs.map(({ netuid }, index) => {
    const uid = uids[index];
    return uid !== undefined && byNetuid.get(netuid)?.[asCount(uid)] === true;
  });
}
