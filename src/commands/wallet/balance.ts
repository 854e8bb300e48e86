/** `tao wallet balance`: free TAO and staked value, at one block. */
import { readAccounts } from '../../chain/queries/read-accounts.ts';
import { readStakes } from '../../chain/queries/read-stakes.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { valueAtPriceFloor } from '../../domain/price.ts';
import { readAccountList } from '../../pipeline/account-list.ts';
import type { NamedAddress } from '../../pipeline/resolve-address.ts';

type Balance = NamedAddress & { readonly freeRao: bigint; readonly stakedRao: bigint };

export const walletBalance: CommandBody = {
  run: async (context, raw) => {
    const accounts = await readAccountList(context, raw);
    const addresses = accounts.map((account) => account.address);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [facts, stakes, subnets] = await Promise.all([
      readAccounts(view, addresses),
      readStakes(view, addresses),
      readSubnets(view),
    ]);
    const prices = new Map(subnets.map((subnet) => [subnet.netuid, subnet.priceRaoPerAlpha]));
    const balances = accounts.map((account, index): Balance => {
      const stakedRao = stakes
        .filter((stake) => stake.coldkey === account.address)
        .reduce((sum, s) => sum + valueAtPriceFloor(s.alphaRao, prices.get(s.netuid) ?? 0n), 0n);
      return { ...account, freeRao: facts[index]?.freeRao ?? 0n, stakedRao };
    });
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        accounts: balances.map((balance) => ({
          name: balance.name,
          address: balance.address,
          free: taoJson(tao(balance.freeRao)),
          staked: taoJson(tao(balance.stakedRao)),
          total: taoJson(tao(balance.freeRao + balance.stakedRao)),
        })),
      },
      view: (style) => renderBalances(balances, style.isTerminal),
    };
  },
};

function renderBalances(balances: readonly Balance[], isTerminal: boolean): View {
  if (balances.length === 0)
    return [{ kind: 'hint', text: 'No wallet here. tao wallet create makes one.' }];
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao, 9) : formatRao(rao));
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Account' },
        { header: 'Address', kind: 'address' },
        { header: 'Free (TAO)', align: 'right' },
        { header: 'Staked (TAO)', align: 'right' },
        { header: 'Total (TAO)', align: 'right' },
      ],
      rows: balances.map((balance) => [
        balance.name,
        balance.address,
        amount(balance.freeRao),
        amount(balance.stakedRao),
        amount(balance.freeRao + balance.stakedRao),
      ]),
    },
  ];
}
