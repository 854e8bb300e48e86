/** `state_call`: finds a runtime API by its exported name, and takes its arguments and result through SCALE. */

import type { ApiDeclaration } from '../metadata/declare.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import { codecOf, decodeExactly } from '../scale/codec.ts';
import { profileOf, type View } from '../state/view.ts';
import { basketApis } from './basket-apis.ts';
import { delegateApis } from './delegate-apis.ts';
import { coreApis, metadataApis, nonceApis, paymentApis, paymentCallApis } from './frame-apis.ts';
import { neuronApis } from './neuron-apis.ts';
import { proxyApis } from './proxy-apis.ts';
import { queueApis } from './queue-apis.ts';
import { shieldApis } from './shield-apis.ts';
import { stakeApis } from './stake-apis.ts';
import { subnetApis } from './subnet-apis.ts';
import { registrationApis, swapApis } from './swap-apis.ts';

/** Arguments in the order of their declaration, in the codecs' form, as is the result. */
export type ApiMethod = (view: View, ...args: never[]) => unknown;
export type ApiMethods = Readonly<Record<string, ApiMethod>>;

export type ApiResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** By API and method: exactly the declared ones, which a test checks. */
export const apiTable: Readonly<Record<string, ApiMethods>> = {
  Core: coreApis,
  Metadata: metadataApis,
  AccountNonceApi: nonceApis,
  TransactionPaymentApi: paymentApis,
  TransactionPaymentCallApi: paymentCallApis,
  TaggedTransactionQueue: queueApis,
  DelegateInfoRuntimeApi: delegateApis,
  NeuronInfoRuntimeApi: neuronApis,
  SubnetInfoRuntimeApi: subnetApis,
  StakeInfoRuntimeApi: stakeApis,
  SubnetRegistrationRuntimeApi: registrationApis,
  ProxyFilterRuntimeApi: proxyApis,
  BetaBasketRuntimeApi: basketApis,
  ShieldApi: shieldApis,
  SwapRuntimeApi: swapApis,
};

/** Calls `Api_method` with SCALE arguments. */
export async function callApi(view: View, name: string, data: Uint8Array): Promise<ApiResult> {
  const at = name.indexOf('_');
  const api = name.slice(0, at);
  const profile = profileOf(view.state);
  const declared = declarationOf(api, profile)?.methods[name.slice(at + 1)];
  const method = apiTable[api]?.[name.slice(at + 1)];
  if (declared === undefined || method === undefined) {
    return { ok: false, reason: 'is not found' };
  }
  const [params, returns] = declared;
  let args: readonly unknown[];
  try {
    args = decodeArgs(Object.values(params), data, profile);
  } catch {
    return { ok: false, reason: 'got arguments it cannot decode' };
  }
  const value = await method(view, ...(args as never[]));
  return { ok: true, bytes: codecOf(returns, profile).enc(value) };
}

function declarationOf(api: string, { apis }: RuntimeProfile): ApiDeclaration | undefined {
  return Object.hasOwn(apis, api) ? apis[api] : undefined;
}

function decodeArgs(
  types: readonly string[],
  data: Uint8Array,
  profile: RuntimeProfile,
): readonly unknown[] {
  if (types.length === 0) return [];
  return decodeExactly(`(${types.join(', ')})`, data, profile) as readonly unknown[];
}
