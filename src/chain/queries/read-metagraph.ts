/**
 * Everyone registered on a subnet, by uid. The runtime's metagraph where there is one; otherwise
 * the same from storage by name. Validator trust is always from storage: the metagraph lacks it.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { BlockView } from '../types.ts';
import { readNames } from './read-delegates.ts';
import { readHotkeyOwners } from './read-limits.ts';
import { asAddress, asCount, asFlag, asList, asRao, fieldOf, text } from './shape.ts';

const API = 'SubnetInfoRuntimeApi';
const METHOD = 'get_metagraph';
const PALLET = 'SubtensorModule';
const U64_MAX = 2n ** 64n - 1n;

/** Fractions are parts of 65,535, all of the newest epoch and the first incentive mechanism. */
export type NeuronFacts = {
  readonly uid: number;
  readonly hotkey: string;
  /** Undefined for a hotkey without an owner. */
  readonly coldkey: string | undefined;
  /** Chain text; empty without an identity. */
  readonly name: string;
  /** Of all coldkeys, in rao: alpha, and TAO on root; child keys as the runtime counts them. */
  readonly alphaRao: bigint;
  readonly rootRao: bigint;
  /** What counts in the consensus: alpha and weighted root stake. */
  readonly stakeRao: bigint;
  /** Undefined where the runtime no longer has it. */
  readonly trustU16: number | undefined;
  readonly validatorTrustU16: number;
  readonly consensusU16: number;
  readonly incentiveU16: number;
  readonly dividendsU16: number;
  /** Rao of alpha for the epoch. */
  readonly emissionRao: bigint;
  readonly lastUpdateBlock: number;
  readonly hasPermit: boolean;
};

/** By uid. Empty for a subnet without neurons, or without existence: ask `readSubnet` first. */
export async function readMetagraph(
  view: BlockView,
  netuid: number,
): Promise<readonly NeuronFacts[]> {
  if (!view.runtime.has.api(API, METHOD)) return readFromStorage(view, netuid);
  const [graph, validatorTrust] = await Promise.all([
    view.callApi(API, METHOD, netuid),
    readVector(view, 'ValidatorTrust', netuid),
  ]);
  if (graph === undefined) return [];
  const list = (name: string): readonly unknown[] => asList(fieldOf(graph, name));
  const vectors = {
    coldkeys: list('coldkeys'),
    identities: list('identities'),
    alpha: list('alpha_stake'),
    root: list('tao_stake'),
    total: list('total_stake'),
    trust: list('trust'),
    consensus: list('consensus'),
    incentives: list('incentives'),
    dividends: list('dividends'),
    emission: list('emission'),
    updates: list('last_update'),
    permits: list('validator_permit'),
  };
  return list('hotkeys').map((hotkey, uid) => ({
    uid,
    hotkey: asAddress(hotkey),
    coldkey: asAddress(vectors.coldkeys[uid]),
    name: nameIn(vectors.identities[uid]),
    alphaRao: asRao(vectors.alpha[uid]),
    rootRao: asRao(vectors.root[uid]),
    stakeRao: asRao(vectors.total[uid]),
    trustU16: asCount(vectors.trust[uid]),
    validatorTrustU16: countAt(validatorTrust, uid),
    consensusU16: countAt(vectors.consensus, uid),
    incentiveU16: countAt(vectors.incentives, uid),
    dividendsU16: countAt(vectors.dividends, uid),
    emissionRao: asRao(vectors.emission[uid] ?? 0n),
    lastUpdateBlock: countAt(vectors.updates, uid),
    hasPermit: vectors.permits[uid] === undefined ? false : asFlag(vectors.permits[uid]),
  }));
}

async function readFromStorage(view: BlockView, netuid: number): Promise<readonly NeuronFacts[]> {
  const names = ['ValidatorTrust', 'Consensus', 'Incentive', 'Dividends', 'Emission'] as const;
  const [keys, weight, updates, permits, ...vectors] = await Promise.all([
    view.entries(PALLET, 'Keys', netuid),
    view.read(PALLET, 'TaoWeight'),
    readVector(view, 'LastUpdate', netuid),
    readVector(view, 'ValidatorPermit', netuid),
    ...names.map((name) => readVector(view, name, netuid)),
  ]);
  const [validatorTrust = [], consensus = [], incentive = [], dividends = [], emission = []] =
    vectors;
  const seats = keys
    .map((entry) => ({ uid: asCount(entry.keys[1]), hotkey: asAddress(entry.value) }))
    .sort((a, b) => a.uid - b.uid);
  const hotkeys = seats.map(({ hotkey }) => hotkey);
  const [owners, stakes] = await Promise.all([
    readHotkeyOwners(view, hotkeys),
    readStakes(view, hotkeys, netuid),
  ]);
  const known = await readNames(view, owners);
  return seats.map(({ uid, hotkey }, index): NeuronFacts => {
    const coldkey = owners[index];
    const { alphaRao, rootRao } = stakes[index] ?? { alphaRao: 0n, rootRao: 0n };
    return {
      uid,
      hotkey,
      coldkey,
      name: coldkey === undefined ? '' : (known.get(coldkey) ?? ''),
      alphaRao,
      rootRao,
      stakeRao: alphaRao + (rootRao * asRao(weight)) / U64_MAX,
      trustU16: undefined,
      validatorTrustU16: countAt(validatorTrust, uid),
      consensusU16: countAt(consensus, uid),
      incentiveU16: countAt(incentive, uid),
      dividendsU16: countAt(dividends, uid),
      emissionRao: asRao(emission[uid] ?? 0n),
      lastUpdateBlock: countAt(updates, uid),
      hasPermit: permits[uid] === true,
    };
  });
}

/** Stakes of hotkeys on a subnet and on root, in order. */
async function readStakes(
  view: BlockView,
  hotkeys: readonly string[],
  netuid: number,
): Promise<readonly { readonly alphaRao: bigint; readonly rootRao: bigint }[]> {
  const pairs = hotkeys.flatMap((hotkey) => [[hotkey, netuid] as const, [hotkey, ROOT_NETUID]]);
  const values = await view.readMany(PALLET, 'TotalHotkeyAlpha', pairs);
  return hotkeys.map((_, index) => ({
    alphaRao: asRao(values[2 * index] ?? 0n),
    rootRao: asRao(values[2 * index + 1] ?? 0n),
  }));
}

/** A storage vector by uid; empty in a runtime that no longer has it. */
async function readVector(
  view: BlockView,
  item: string,
  netuid: number,
): Promise<readonly unknown[]> {
  if (!view.runtime.has.storage(PALLET, item)) return [];
  return asList(await view.read(PALLET, item, netuid));
}

function countAt(vector: readonly unknown[], uid: number): number {
  const value = vector[uid];
  return value === undefined ? 0 : asCount(value);
}

function nameIn(identity: unknown): string {
  return identity === undefined ? '' : text(identity, 'name');
}
