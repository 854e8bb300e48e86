/** `tao dev fund`: mints TAO on the embedded chain, and nowhere else. */
import type { CommandBody } from '../../cli/spec.ts';
import { formatRao, parseTao, tao, taoJson } from '../../domain/amount.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { readDevStatus } from './dev-status.ts';

export const devFund: CommandBody = {
  run: async (context, raw) => {
    const amount = parseTao(raw.arguments.amount?.[0] ?? '');
    const account = await resolveAccount(context, raw.arguments.account?.[0] ?? '', 'dev');
    const control = await context.openDevChain();
    const answer = (await control.request('dev_fund', [
      account.address,
      amount.rao.toString(),
    ])) as { readonly freeRao: string };
    const status = await readDevStatus(control, context.paths.dev);
    const free = tao(BigInt(answer.freeRao));
    return {
      data: {
        address: account.address,
        added: taoJson(amount),
        free: taoJson(free),
        block: status.block,
      },
      view: () => [
        {
          kind: 'receipt',
          verb: 'Funded',
          subject: `${formatRao(amount.rao)} TAO`,
          details: [
            ['Account', account.address],
            ['Free', `${formatRao(free.rao)} TAO`],
          ],
        },
      ],
    };
  },
};
