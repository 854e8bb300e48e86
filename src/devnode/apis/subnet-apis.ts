/** SubnetInfoRuntimeApi: subnets, their market, their neurons, their settings. */
import { mechanismsOf } from '../../economy/mechanisms.ts';
import type { Account } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { metagraphTypes } from '../metadata/types/metagraph.ts';
import { encode } from '../scale/codec.ts';
import type { View } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';
import { hyperparamsOf } from './hyperparams.ts';
import { type FieldRecord, marketOf, neuronVectors, settingsOf } from './subnet-facts.ts';

const subnetView = (view: View, subnet: Subnet): FieldRecord => ({
  ...settingsOf(subnet),
  identity: marketOf(view, subnet).identity,
});
const settingsView = (_view: View, subnet: Subnet): FieldRecord => settingsOf(subnet);
const stateView = (view: View, subnet: Subnet): FieldRecord => ({
  netuid: subnet.netuid,
  ...neuronVectors(view, subnet),
});
const metagraphView = (view: View, subnet: Subnet, mechanism = 0): FieldRecord => ({
  ...settingsOf(subnet),
  ...marketOf(view, subnet),
  ...neuronVectors(view, subnet, mechanism),
});

type SubnetReader = (view: View, subnet: Subnet) => unknown;
const one =
  (read: SubnetReader) =>
  (view: View, netuid: number): unknown => {
    const subnet = view.state.economy.subnets[netuid];
    return subnet === undefined ? undefined : read(view, subnet);
  };
const all =
  (read: SubnetReader) =>
  (view: View): unknown =>
    view.state.economy.netuids.map((netuid) => one(read)(view, netuid));

/** The same of one mechanism, undefined when the subnet has no such one. */
const mechagraphOf = (view: View, netuid: number, mechanism: number): FieldRecord | undefined => {
  const subnet = view.state.economy.subnets[netuid];
  if (subnet === undefined || mechanism >= mechanismsOf(subnet)) return undefined;
  return metagraphView(view, subnet, mechanism);
};

export const subnetApis: ApiMethods = {
  get_subnet_info: one(subnetView),
  get_subnets_info: all(subnetView),
  get_subnet_info_v2: one(subnetView),
  get_subnets_info_v2: all(subnetView),
  get_subnet_hyperparams: one(settingsView),
  get_subnet_hyperparams_v2: one(settingsView),
  get_dynamic_info: one(marketOf),
  get_all_dynamic_info: all(marketOf),
  get_subnet_hyperparams_v3: one((_view, subnet) => hyperparamsOf(subnet)),
  get_metagraph: (view, netuid: number) => mechagraphOf(view, netuid, 0),
  get_all_metagraphs: all((view, subnet) => metagraphView(view, subnet)),
  get_mechagraph: mechagraphOf,
  get_all_mechagraphs: (view) =>
    view.state.economy.netuids.flatMap((netuid) => {
      const count = mechanismsOf(view.state.economy.subnets[netuid] ?? {});
      return Array.from({ length: count }, (_, mechanism) => mechagraphOf(view, netuid, mechanism));
    }),
  get_subnet_state: one(stateView),
  get_selective_metagraph: (view, netuid: number, indexes: readonly number[]) =>
    selective(view, { netuid, mechanism: 0 }, indexes),
  get_selective_mechagraph: (view, netuid: number, mechanism: number, indexes: readonly number[]) =>
    selective(view, { netuid, mechanism }, indexes),
  get_coldkey_auto_stake_hotkey: ({ state }, coldkey: Account, netuid: number) =>
    state.economy.coldkeys[coldkey]?.autoStake[netuid],
  get_subnet_to_prune: () => undefined,
  get_block_emission: ({ state }) => state.economy.blockEmission,
  get_subnet_account_id: ({ state }, netuid: number) => state.economy.subnets[netuid]?.account,
  get_next_epoch_start_block: one((_view, { tempo, lastEpochBlock, pendingEpochAt }) => {
    if (tempo === 0) return undefined;
    const due = lastEpochBlock + tempo;
    return BigInt(pendingEpochAt > 0 ? Math.min(pendingEpochAt, due) : due);
  }),
};

/** The metagraph with only the fields asked for by number; the netuid is always there. */
function selective(
  view: View,
  { netuid, mechanism }: { readonly netuid: number; readonly mechanism: number },
  indexes: readonly number[],
): unknown {
  const subnet = view.state.economy.subnets[netuid];
  const metagraph = mechagraphOf(view, netuid, mechanism);
  if (subnet === undefined || metagraph === undefined) return undefined;
  const whole = {
    ...metagraph,
    validators: subnet.neurons.flatMap(({ permit }, uid) => (permit ? [uid] : [])),
    commitments: commitmentsOf(view, netuid),
  };
  const names = selectiveNames();
  const chosen = indexes.map((index) => names[index]).filter((name) => name !== undefined);
  // An identity that is asked for and absent is a `None` inside a `Some`.
  const picked = chosen.map((name) => [name, (whole as FieldRecord)[name] ?? null]);
  return { ...Object.fromEntries(picked), netuid };
}

/** Hotkey and encoded commitment of everybody on a subnet who made one. */
function commitmentsOf({ state }: View, netuid: number): unknown[] {
  return Object.entries(state.commitments[netuid] ?? {}).map(([hotkey, { fields }]) => [
    hotkey,
    [...encode('CommitmentInfo', { fields })],
  ]);
}

function selectiveNames(): readonly string[] {
  const declared = metagraphTypes['SelectiveMetagraph<AccountId32>'];
  return declared?.kind === 'struct' ? Object.keys(declared.fields) : [];
}
