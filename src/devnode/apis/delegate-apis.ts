/** DelegateInfoRuntimeApi: validators with those who stake on them. */
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { Account, Hotkey } from '../../economy/state.ts';
import type { View } from '../state/view.ts';
import { netuidsOf } from '../storage/provide.ts';
import type { ApiMethods } from './call-api.ts';

const BLOCKS_PER_DAY = 7_200n;
const RAO_PER_THOUSAND = 1_000_000_000_000n;
const TAKE_DENOMINATOR = 65_535n;

export const delegateApis: ApiMethods = {
  get_delegates: (view) => delegatesOf(view).map((hotkey) => delegateView(view, hotkey)),
  get_delegate: (view, hotkey: Account) =>
    view.state.economy.hotkeys[hotkey]?.take === undefined ? undefined : delegateView(view, hotkey),
  get_delegated: (view, coldkey: Account) => {
    const { economy } = view.state;
    return delegatesOf(view).flatMap((hotkey) =>
      netuidsOf(economy.hotkeys[hotkey]?.pools ?? {}).flatMap((netuid) => {
        const stake = stakeOf(economy, hotkey, coldkey, netuid);
        if (stake === 0n) return [];
        return [[{ ...delegateView(view, hotkey), nominators: [] }, [netuid, stake]]];
      }),
    );
  },
};

function delegatesOf({ state }: View): Account[] {
  return Object.keys(state.economy.hotkeys)
    .filter((hotkey) => state.economy.hotkeys[hotkey]?.take !== undefined)
    .sort();
}

function delegateView(view: View, account: Account) {
  const { economy } = view.state;
  const hotkey = economy.hotkeys[account] as Hotkey;
  const seats = economy.netuids.flatMap((netuid) => {
    const neuron = economy.subnets[netuid]?.neurons.find((one) => one.hotkey === account);
    return neuron === undefined ? [] : [{ netuid, neuron }];
  });
  const perDay = seats.reduce((sum, { netuid, neuron }) => {
    const tempo = BigInt(economy.subnets[netuid]?.tempo ?? 0);
    return tempo === 0n ? sum : sum + (neuron.emission * BLOCKS_PER_DAY) / tempo;
  }, 0n);
  const total = hotkey.pools[0]?.value ?? 0n;
  const take = BigInt(hotkey.take ?? economy.parameters.defaultDelegateTake);
  const rest = perDay - (perDay * take) / TAKE_DENOMINATOR;
  return {
    delegate_ss58: account,
    take: hotkey.take ?? economy.parameters.defaultDelegateTake,
    nominators: nominatorsOf(hotkey, (coldkey, netuid) =>
      stakeOf(economy, account, coldkey, netuid),
    ),
    owner_ss58: hotkey.owner,
    registrations: seats.map(({ netuid }) => netuid),
    validator_permits: seats.filter(({ neuron }) => neuron.permit).map(({ netuid }) => netuid),
    return_per_1000: total === 0n ? 0n : (rest * RAO_PER_THOUSAND) / total,
    total_daily_return: perDay,
  };
}

type Nominator = readonly [coldkey: Account, stakes: (readonly [netuid: number, rao: bigint])[]];

function nominatorsOf(
  { pools }: Hotkey,
  stake: (coldkey: Account, netuid: number) => bigint,
): Nominator[] {
  const byColdkey = new Map<Account, (readonly [number, bigint])[]>();
  for (const netuid of netuidsOf(pools)) {
    for (const coldkey of Object.keys(pools[netuid]?.shares ?? {})) {
      const rao = stake(coldkey, netuid);
      if (rao === 0n) continue;
      byColdkey.set(coldkey, [...(byColdkey.get(coldkey) ?? []), [netuid, rao]]);
    }
  }
  return [...byColdkey].sort(([a], [b]) => (a < b ? -1 : 1));
}
