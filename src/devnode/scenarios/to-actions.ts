/** Turns the steps of a scenario into actions of the chain. Reads the state, never changes it. */
import { blockEmission } from '../../economy/emission-curve.ts';
import { linksOn } from '../../economy/mechanisms.ts';
import { devAccounts, ELSEWHERE } from '../genesis/accounts.ts';
import type { DevAction } from '../runtime/dev-actions.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import type { Delegator, Scenario, Step } from './scenario.ts';

const RAO = 1_000_000_000n;

/** The delegator's first stake. */
export function stakeAction(state: ChainState, delegator: Delegator): DevAction {
  const { account, validator, netuid, tao } = delegator;
  return callAction(state, account, 'add_stake', {
    hotkey: devAccounts[`//${validator}//hot`],
    netuid,
    amount_staked: tao * RAO,
  });
}

export function stepAction(state: ChainState, scenario: Scenario, step: Step): DevAction {
  switch (step.kind) {
    case 'unstake-all': {
      const delegator = scenario.delegators.find(({ label }) => label === step.delegator);
      if (delegator === undefined) throw new TypeError(`No delegator "${step.delegator}"`);
      const hotkey = devAccounts[`//${delegator.validator}//hot`];
      return callAction(state, delegator.account, 'unstake_all', { hotkey });
    }
    case 'take': {
      const hotkey = devAccounts[`//${step.validator}//hot`];
      const rises = step.takeU16 > (state.economy.hotkeys[hotkey]?.take ?? 0);
      const args = { hotkey, take: step.takeU16 };
      const name = rises ? 'increase_take' : 'decrease_take';
      return callAction(state, `//${step.validator}`, name, args);
    }
    case 'conduct':
      return conductAction(state, step);
    case 'near-halving':
      return nearHalving(state, step.blocks);
    case 'dissolve':
      return { kind: 'dissolve-subnet', netuid: step.netuid };
    case 'upgrade':
      return { kind: 'set-profile', profile: step.profile };
  }
}

function callAction(
  state: ChainState,
  account: keyof typeof devAccounts,
  name: string,
  args: Readonly<Record<string, unknown>>,
): DevAction {
  const call = { type: 'SubtensorModule', value: { type: name, value: args } };
  const bytes = encode('RuntimeCall', call, profileOf(state));
  return { kind: 'call', signer: devAccounts[account], call: toHex(bytes) };
}

function conductAction(state: ChainState, step: Extract<Step, { kind: 'conduct' }>): DevAction {
  const { netuid, conduct } = step;
  const hotkey = devAccounts[`//${step.validator}//hot`];
  if (conduct !== 'dishonest') {
    return { kind: 'set-conduct', netuid, hotkey, conduct: { kind: conduct } };
  }
  const crony = worstMiner(state, netuid);
  return { kind: 'set-conduct', netuid, hotkey, conduct: { kind: conduct, crony } };
}

function worstMiner(state: ChainState, netuid: number): string {
  const market = state.market?.subnets.find((one) => one.netuid === netuid);
  const neurons = state.economy.subnets[netuid]?.neurons ?? [];
  const incomes = (market?.miners ?? []).map(({ hotkey }) => {
    const neuron = neurons.find((one) => one.hotkey === hotkey);
    const kinds = market?.demand.map((_, kind) =>
      neuron === undefined ? 0 : linksOn(neuron, kind).incentive,
    );
    return { hotkey, income: kinds?.reduce((sum, one) => sum + one, 0) ?? 0 };
  });
  incomes.sort((a, b) => a.income - b.income || (a.hotkey < b.hotkey ? -1 : 1));
  const [worst] = incomes;
  if (worst === undefined) throw new TypeError(`No miners on subnet ${netuid}`);
  return worst.hotkey;
}

/** Raises the issuance to so many blocks' emission below the threshold. */
function nearHalving({ economy }: ChainState, blocks: number): DevAction {
  const now = blockEmission(economy.taoIssuance);
  let low = economy.taoIssuance;
  let high = low * 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (blockEmission(middle) < now) high = middle;
    else low = middle;
  }
  const mint = high - now * BigInt(blocks) - economy.taoIssuance;
  const freeRao = (economy.balances[ELSEWHERE] ?? 0n) + (mint > 0n ? mint : 0n);
  return { kind: 'set-balance', account: ELSEWHERE, freeRao };
}
