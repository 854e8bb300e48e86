/** `tao proxy add`: lets another account act for this one. */
import type { CommandBody } from '../../cli/spec.ts';
import { planProxyAdd } from '../../pipeline/plan-proxy.ts';
import { changeProxy } from './change-proxy.ts';

export const proxyAdd: CommandBody = {
  run: (context, raw) =>
    changeProxy(context, raw, { command: 'proxy.add', plan: planProxyAdd, verb: 'Added' }),
};
