/** `tao proxy add`: lets another account act for this one. */
import type { CommandBody } from '../../cli/spec.ts';
import { planProxyAdd, requireOtherDelegate } from '../../pipeline/plan-proxy.ts';
import { changeProxy } from './change-proxy.ts';

export const proxyAdd: CommandBody = {
  run: (context, raw) =>
    changeProxy(context, raw, {
      command: 'proxy.add',
      check: requireOtherDelegate,
      plan: planProxyAdd,
      verb: 'Added',
    }),
};
