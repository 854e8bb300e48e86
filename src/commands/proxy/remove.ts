/** `tao proxy remove`: takes the right to act for this account back. */
import type { CommandBody } from '../../cli/spec.ts';
import { planProxyRemove } from '../../pipeline/plan-proxy.ts';
import { changeProxy } from './change-proxy.ts';

export const proxyRemove: CommandBody = {
  run: (context, raw) =>
    changeProxy(context, raw, { command: 'proxy.remove', plan: planProxyRemove, verb: 'Removed' }),
};
