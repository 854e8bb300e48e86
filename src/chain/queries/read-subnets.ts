/** Subnets and their pools. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import type { SubnetFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { priceIn, readPrices } from './read-prices.ts';
import { address, asRao, asText, count, fieldOf, rao, text } from './shape.ts';

const API = 'SubnetInfoRuntimeApi';
/** Chain rule: the EMA price is an I96F32. */
const EMA_FRACTION_BITS = 32n;

/** Every subnet, root included, by netuid. One round trip where the node prices all at once. */
export async function readSubnets(view: BlockView): Promise<readonly SubnetFacts[]> {
  const [rows, prices] = await Promise.all([
    view.callApi(API, 'get_all_dynamic_info'),
    readPrices(view),
  ]);
  return (rows as readonly unknown[])
    .filter((row) => row !== undefined)
    .map((row) => subnetOf(row, prices))
    .sort((a, b) => a.netuid - b.netuid);
}

/** The names of all subnets by netuid. One round trip. */
export async function readSubnetNames(view: BlockView): Promise<ReadonlyMap<number, string>> {
  const fields = ['netuid', 'subnet_name', 'subnet_identity'];
  const rows = await view.callApiForFields(fields, API, 'get_all_dynamic_info');
  const present = (rows as readonly unknown[]).filter((row) => row !== undefined);
  return new Map(present.map((row) => [count(row, 'netuid'), nameOf(row)]));
}

/** One subnet, or undefined when there is none of that number. */
export async function readSubnet(
  view: BlockView,
  netuid: number,
): Promise<SubnetFacts | undefined> {
  const [row, prices] = await Promise.all([
    view.callApi(API, 'get_dynamic_info', netuid),
    readPrices(view, [netuid]),
  ]);
  return row === undefined ? undefined : subnetOf(row, prices);
}

/** An EMA price in rao of TAO per whole alpha, floored, from its raw bits. */
export function emaPriceFloor(bits: bigint): bigint {
  return (bits * RAO_PER_UNIT) >> EMA_FRACTION_BITS;
}

function subnetOf(row: unknown, prices: ReadonlyMap<number, bigint>): SubnetFacts {
  const netuid = count(row, 'netuid');
  return {
    netuid,
    name: nameOf(row),
    symbol: text(row, 'token_symbol'),
    ownerHotkey: address(row, 'owner_hotkey'),
    ownerColdkey: address(row, 'owner_coldkey'),
    tempo: count(row, 'tempo'),
    lastStepBlock: count(row, 'last_step'),
    blocksSinceLastStep: count(row, 'blocks_since_last_step'),
    taoReserveRao: rao(row, 'tao_in'),
    alphaInRao: rao(row, 'alpha_in'),
    alphaOutRao: rao(row, 'alpha_out'),
    alphaOutEmissionRao: rao(row, 'alpha_out_emission'),
    alphaInEmissionRao: rao(row, 'alpha_in_emission'),
    taoInEmissionRao: rao(row, 'tao_in_emission'),
    volumeRao: rao(row, 'subnet_volume'),
    priceRaoPerAlpha: priceIn(prices, netuid),
    emaPriceRaoPerAlpha: emaPriceFloor(asRao(fieldOf(row, 'moving_price'))),
    registeredAtBlock: count(row, 'network_registered_at'),
  };
}

/** The owner's own name for the subnet, else the one of its token. */
function nameOf(row: unknown): string {
  const identity = fieldOf(row, 'subnet_identity');
  const given = identity === undefined ? '' : asText(fieldOf(identity, 'subnet_name'));
  return given === '' ? text(row, 'subnet_name') : given;
}
