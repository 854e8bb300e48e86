import { describe, expect, it } from 'vitest';
import type { AccountFacts, QuoteFacts, SubnetFacts } from '../chain/facts.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { planStake, type StakePlanFacts } from './plan-stake.ts';
import { planUnstake, type UnstakePlanFacts } from './plan-unstake.ts';

const HOTKEY = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const guard = {
  tolerance: { numerator: 5n, denominator: 1_000n },
  limitPriceRaoPerAlpha: undefined,
  partial: false,
};
const account: AccountFacts = {
  address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  nonce: 0,
  freeRao: 10_000_000_000n,
  reservedRao: 0n,
  frozenRao: 0n,
};
const subnet: SubnetFacts = {
  netuid: 8,
  name: 'Prices',
  symbol: 'θ',
  ownerHotkey: HOTKEY,
  ownerColdkey: account.address,
  tempo: 360,
  lastStepBlock: 0,
  blocksSinceLastStep: 0,
  taoReserveRao: 100_000_000_000_000n,
  alphaInRao: 2_000_000_000_000_000n,
  alphaOutRao: 0n,
  alphaOutEmissionRao: 0n,
  alphaInEmissionRao: 0n,
  taoInEmissionRao: 0n,
  volumeRao: 0n,
  priceRaoPerAlpha: 50_000_000n,
  emaPriceRaoPerAlpha: 50_000_000n,
  registeredAtBlock: 0,
};

function quote(side: 'buy' | 'sell', amountInRao: bigint): QuoteFacts {
  const feeRao = (amountInRao * 33n) / 65_535n;
  const net = amountInRao - feeRao;
  const amountOutRao = side === 'buy' ? net * 20n - 1n : net / 20n - 1n;
  return {
    netuid: 8,
    side,
    amountInRao,
    amountOutRao,
    feeRao,
    spotRaoPerAlpha: 50_000_000n,
    source: 'node',
  };
}

const stakeFacts = (changes: Partial<StakePlanFacts> = {}): StakePlanFacts => ({
  account,
  subnet,
  isTokenEnabled: true,
  hotkeyOwner: account.address,
  hotkeyName: 'Basalt',
  quote: quote('buy', 2_500_000_000n),
  minimumRao: 2_000_000n,
  ...changes,
});

const unstakeFacts = (changes: Partial<UnstakePlanFacts> = {}): UnstakePlanFacts => ({
  subnet,
  hotkeyName: 'Basalt',
  isTokenEnabled: true,
  isOwnHotkey: false,
  stakeRao: 40_000_000_000n,
  unlockedRao: 40_000_000_000n,
  quote: quote('sell', 40_000_000_000n),
  minimumRao: 2_000_000n,
  nominatorMinimumRao: 20_000_000n,
  unclaimedRao: 0n,
  ...changes,
});

const stake = (amountRao: bigint, netuid = 8) => ({ hotkey: HOTKEY, netuid, amountRao, guard });
const unstake = (amountRao: bigint | 'all', netuid = 8) => ({
  hotkey: HOTKEY,
  netuid,
  amountRao,
  toRoot: false,
  guard,
});

function refusal(run: () => unknown): { code: string; exitCode: number; hint: string } {
  try {
    run();
  } catch (error) {
    if (isTaoError(error))
      return { code: error.code, exitCode: error.exitCode, hint: error.hint ?? '' };
  }
  return { code: 'none', exitCode: 0, hint: '' };
}

describe('the plan of a stake', () => {
  it('carries a price limit, and shows what comes out at worst', () => {
    const plan = planStake(stake(2_500_000_000n), stakeFacts());
    expect(plan.call).toEqual({
      pallet: 'SubtensorModule',
      name: 'add_stake_limit',
      args: {
        hotkey: HOTKEY,
        netuid: 8,
        amount_staked: 2_500_000_000n,
        limit_price: 50_250_000n,
        allow_partial: false,
      },
    });
    expect(plan.spendRao).toBe(2_500_000_000n);
    expect(plan.data).toMatchObject({ limitRaoPerAlpha: '50250000', quoteSource: 'node' });
    expect(plan.rows.map(([label]) => label)).toEqual([
      'Stake',
      'With',
      'On',
      'You receive',
      'At least',
      'Price',
      'Impact',
      'Pool fee',
    ]);
  });

  it('on root is one to one, without price', () => {
    const root = { ...subnet, netuid: 0, name: 'root', priceRaoPerAlpha: 1_000_000_000n };
    const rootQuote = { ...quote('buy', 2_500_000_000n), feeRao: 0n, amountOutRao: 2_500_000_000n };
    const plan = planStake(
      stake(2_500_000_000n, 0),
      stakeFacts({ subnet: root, quote: rootQuote }),
    );
    expect(plan.call).toEqual({
      pallet: 'SubtensorModule',
      name: 'add_stake',
      args: { hotkey: HOTKEY, netuid: 0, amount_staked: 2_500_000_000n },
    });
    expect(plan.data.expected).toEqual({ netuid: 0, rao: '2500000000', alpha: '2.5' });
  });

  it.each([
    ['no such subnet', { subnet: undefined }, 'SUBNET_UNKNOWN', 2],
    ['a token that is off', { isTokenEnabled: false }, 'SUBNET_NOT_STARTED', 6],
    ['an unknown hotkey', { hotkeyOwner: undefined }, 'HOTKEY_UNKNOWN', 2],
    [
      'too little balance',
      { account: { ...account, freeRao: 2_499_999_999n } },
      'BALANCE_TOO_LOW',
      2,
    ],
    ['less than the minimum', { minimumRao: 2_500_000_000n }, 'AMOUNT_BELOW_MINIMUM', 2],
    ['a pool that cannot serve it', { quote: undefined }, 'POOL_TOO_SMALL', 6],
  ] as const)('is refused for %s, with a fix', (_, changes, code, exitCode) => {
    const found = refusal(() => planStake(stake(2_500_000_000n), stakeFacts(changes)));
    expect(found).toMatchObject({ code, exitCode });
    expect(found.hint).toMatch(/\.$/);
  });
});

describe('the plan of an unstake', () => {
  it('of everything is one call that is all or nothing at the limit', () => {
    const plan = planUnstake(unstake('all'), unstakeFacts());
    expect(plan.call).toEqual({
      pallet: 'SubtensorModule',
      name: 'remove_stake_full_limit',
      args: { hotkey: HOTKEY, netuid: 8, limit_price: 49_750_000n },
    });
    expect(plan.data.all).toBe(true);
    expect(plan.warnings).toEqual([]);
  });

  it('of an amount names it, and warns when the chain would sell what stays', () => {
    const facts = unstakeFacts({ quote: quote('sell', 39_700_000_000n) });
    const plan = planUnstake(unstake(39_700_000_000n), facts);
    expect(plan.call).toMatchObject({
      name: 'remove_stake_limit',
      args: { amount_unstaked: 39_700_000_000n, allow_partial: false },
    });
    expect(plan.warnings).toEqual([
      'What stays, 0.3 alpha, is worth less than 0.02 TAO: the chain sells it too, at any price.',
    ]);
  });

  it('says nothing of dust where the chain has no such rule', () => {
    const facts = unstakeFacts({ quote: quote('sell', 39_700_000_000n), nominatorMinimumRao: 0n });
    expect(planUnstake(unstake(39_700_000_000n), facts).warnings).toEqual([]);
  });

  it('of root warns of dividends that would be lost', () => {
    const root = { ...subnet, netuid: 0 };
    const rootQuote = {
      ...quote('sell', 40_000_000_000n),
      feeRao: 0n,
      amountOutRao: 40_000_000_000n,
    };
    const plan = planUnstake(
      unstake('all', 0),
      unstakeFacts({ subnet: root, quote: rootQuote, unclaimedRao: 1_500_000_000n }),
    );
    expect(plan.call.args).toEqual({ hotkey: HOTKEY, netuid: 0, limit_price: undefined });
    expect(plan.warnings[0]).toContain('1.5 TAO of root dividends');
  });

  it.each([
    ['an empty position', 'all', { stakeRao: 0n }, 'POSITION_EMPTY', 2],
    ['more than there is', 40_000_000_001n, {}, 'STAKE_TOO_LOW', 2],
    ['stake under a lock', 40_000_000_000n, { unlockedRao: 39_999_999_999n }, 'STAKE_LOCKED', 2],
    ['stake that is all locked', 'all', { unlockedRao: 0n }, 'STAKE_LOCKED', 2],
    ['no such subnet', 'all', { subnet: undefined }, 'SUBNET_UNKNOWN', 2],
    [
      'too little TAO out',
      1_000_000n,
      { quote: quote('sell', 1_000_000n) },
      'AMOUNT_BELOW_MINIMUM',
      2,
    ],
    ['a pool that cannot serve it', 'all', { quote: undefined }, 'POOL_TOO_SMALL', 6],
  ] as const)('is refused for %s', (_, amountRao, changes, code, exitCode) => {
    const found = refusal(() => planUnstake(unstake(amountRao), unstakeFacts(changes)));
    expect(found).toMatchObject({ code, exitCode });
  });

  it('of a whole position may be below the minimum', () => {
    const facts = unstakeFacts({ stakeRao: 1_000_000n, quote: quote('sell', 1_000_000n) });
    expect(planUnstake(unstake('all'), facts).data.all).toBe(true);
  });
});
