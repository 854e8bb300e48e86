/**
 * The chain's own JSON-RPC methods: runtime APIs under other names. As on the real node, results
 * are SCALE bytes as a list of numbers, but for those of a few that are plain JSON.
 */
import { callApi } from '../apis/call-api.ts';
import { viewAt } from '../blocks/chain.ts';
import { codecOf, encode } from '../scale/codec.ts';
import type { View } from '../state/view.ts';
import { accountParam, blockParam, countParam, raoParam } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';
import type { Params, RpcMethod, RpcMethods } from './session.ts';

type Reader = { readonly type: string; readonly read: (params: Params, at: number) => unknown };

const account: Reader = { type: 'AccountId32', read: accountParam };
const u64: Reader = { type: 'u64', read: raoParam };
const u16: Reader = { type: 'u16', read: (params, at) => limited(countParam(params, at), 0xffff) };
const u8: Reader = { type: 'u8', read: (params, at) => limited(countParam(params, at), 0xff) };
const u16List: Reader = {
  type: 'Vec<u16>',
  read(params, at) {
    const list = params[at];
    if (!Array.isArray(list)) throw invalidParams(`parameter ${at + 1} must be a list`);
    return list.map((_, i) => limited(countParam(list, i), 0xffff));
  },
};

/** A failed call has this code on the real node. */
const RUNTIME_ERROR = 1;

/** Calls an API with the first parameters; the one after them is the block. */
const calls =
  (api: string, readers: readonly Reader[], show: (bytes: Uint8Array) => unknown = numbers) =>
  async ({ core }: Parameters<RpcMethod>[0], params: Params): Promise<unknown> => {
    const types = readers.map(({ type }) => type).join(', ');
    const values = readers.map(({ read }, at) => read(params, at));
    const data = readers.length === 0 ? new Uint8Array() : encode(`(${types})`, values);
    const view: View = viewAt(core.chain, blockParam(core, params, readers.length));
    const result = await callApi(view, api, data);
    if (result.ok) return show(result.bytes);
    throw new RpcError(RUNTIME_ERROR, `Unable to call ${api}`, `It ${result.reason}`);
  };

const numbers = (bytes: Uint8Array): number[] => [...bytes];
const plain = (type: string) => (bytes: Uint8Array) => jsonOf(codecOf(type).dec(bytes));

const subnet = (method: string): string => `SubnetInfoRuntimeApi_${method}`;

export const chainOwnMethods: RpcMethods = {
  delegateInfo_getDelegates: calls('DelegateInfoRuntimeApi_get_delegates', []),
  delegateInfo_getDelegate: calls('DelegateInfoRuntimeApi_get_delegate', [account]),
  delegateInfo_getDelegated: calls('DelegateInfoRuntimeApi_get_delegated', [account]),
  neuronInfo_getNeuronsLite: calls('NeuronInfoRuntimeApi_get_neurons_lite', [u16]),
  neuronInfo_getNeuronLite: calls('NeuronInfoRuntimeApi_get_neuron_lite', [u16, u16]),
  neuronInfo_getNeurons: calls('NeuronInfoRuntimeApi_get_neurons', [u16]),
  neuronInfo_getNeuron: calls('NeuronInfoRuntimeApi_get_neuron', [u16, u16]),
  subnetInfo_getSubnetInfo: calls(subnet('get_subnet_info'), [u16]),
  subnetInfo_getSubnetsInfo: calls(subnet('get_subnets_info'), []),
  subnetInfo_getSubnetInfo_v2: calls(subnet('get_subnet_info_v2'), [u16]),
  subnetInfo_getSubnetsInfo_v2: calls(subnet('get_subnets_info_v2'), []),
  subnetInfo_getSubnetHyperparams: calls(subnet('get_subnet_hyperparams'), [u16]),
  subnetInfo_getSubnetHyperparamsV2: calls(subnet('get_subnet_hyperparams_v2'), [u16]),
  subnetInfo_getAllDynamicInfo: calls(subnet('get_all_dynamic_info'), []),
  subnetInfo_getDynamicInfo: calls(subnet('get_dynamic_info'), [u16]),
  subnetInfo_getAllMetagraphs: calls(subnet('get_all_metagraphs'), []),
  subnetInfo_getMetagraph: calls(subnet('get_metagraph'), [u16]),
  subnetInfo_getAllMechagraphs: calls(subnet('get_all_mechagraphs'), []),
  subnetInfo_getMechagraph: calls(subnet('get_mechagraph'), [u16, u8]),
  subnetInfo_getSubnetState: calls(subnet('get_subnet_state'), [u16]),
  subnetInfo_getLockCost: calls(
    'SubnetRegistrationRuntimeApi_get_network_registration_cost',
    [],
    plain('u64'),
  ),
  subnetInfo_getSelectiveMetagraph: calls(subnet('get_selective_metagraph'), [u16, u16List]),
  subnetInfo_getColdkeyAutoStakeHotkey: calls(subnet('get_coldkey_auto_stake_hotkey'), [
    account,
    u16,
  ]),
  subnetInfo_getSelectiveMechagraph: calls(subnet('get_selective_mechagraph'), [u16, u8, u16List]),
  subnetInfo_getSubnetToPrune: calls(subnet('get_subnet_to_prune'), [], plain('Option<u16>')),
  subnetInfo_getSubnetAccountId: calls(subnet('get_subnet_account_id'), [u16]),
  stakeInfo_getColdkeyLock: calls('StakeInfoRuntimeApi_get_coldkey_lock', [account, u16]),
  swap_currentAlphaPrice: calls('SwapRuntimeApi_current_alpha_price', [u16], plain('u64')),
  swap_currentAlphaPriceAll: calls(
    'SwapRuntimeApi_current_alpha_price_all',
    [],
    plain('Vec<SubnetPrice>'),
  ),
  swap_simSwapTaoForAlpha: calls('SwapRuntimeApi_sim_swap_tao_for_alpha', [u16, u64]),
  swap_simSwapAlphaForTao: calls('SwapRuntimeApi_sim_swap_alpha_for_tao', [u16, u64]),
};

function limited(count: number, limit: number): number {
  if (count <= limit) return count;
  throw invalidParams(`${count} is more than ${limit}`);
}

/** As JSON numbers, which is how the real node sends them. */
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonOf(one)]));
}
