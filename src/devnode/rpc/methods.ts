/** All methods the dev chain answers, by name. */
import { authorMethods } from './author-methods.ts';
import { chainMethods } from './chain-methods.ts';
import { chainOwnMethods } from './chain-own-methods.ts';
import { devMethods } from './dev-methods.ts';
import { devStateMethods } from './dev-state-methods.ts';
import { marketMethods } from './market-methods.ts';
import { paymentMethods } from './payment-methods.ts';
import type { RpcMethods } from './session.ts';
import { stateMethods } from './state-methods.ts';
import { systemMethods } from './system-methods.ts';

export const rpcMethods: RpcMethods = {
  ...authorMethods,
  ...chainMethods,
  ...chainOwnMethods,
  ...devMethods,
  ...devStateMethods,
  ...marketMethods,
  ...paymentMethods,
  ...stateMethods,
  ...systemMethods,
  rpc_methods: () => ({ methods: Object.keys(rpcMethods).sort() }),
};
