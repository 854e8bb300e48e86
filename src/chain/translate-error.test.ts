import { describe, expect, it } from 'vitest';
import {
  hasRealMetadata,
  readRealMetadata,
  realSuiteName,
} from '../../test/helpers/real-metadata.ts';
import { catalogue } from '../errors/catalogue.ts';
import { decodeRuntime } from './codecs/decode-metadata.ts';
import { customCodes } from './failure.ts';
import { chainFailureError, translateFailure, translations, UNKNOWN } from './translate-error.ts';

/** Every row by hand: moving a name to another code is a decision. */
const expected: Readonly<Record<string, readonly string[]>> = {
  CHAIN_PRICE_LIMIT: [
    'SubtensorModule.SlippageTooHigh',
    'Swap.PriceLimitExceeded',
    'Custom.SlippageTooHigh',
    'Custom.ZeroMaxAmount',
    'SubtensorModule.RegistrationPriceLimitExceeded',
    'SubtensorModule.BasketMinOutNotMet',
  ],
  CHAIN_AMOUNT_TOO_LOW: [
    'SubtensorModule.AmountTooLow',
    'Custom.StakeAmountTooLow',
    'Swap.InsufficientInputAmount',
    'Token.BelowMinimum',
  ],
  CHAIN_NOT_ENOUGH_BALANCE: [
    'SubtensorModule.NotEnoughBalanceToStake',
    'SubtensorModule.BalanceWithdrawalError',
    'SubtensorModule.InsufficientBalance',
    'SubtensorModule.InsufficientTaoBalance',
    'SubtensorModule.NotEnoughBalanceToPaySwapHotKey',
    'SubtensorModule.NotEnoughBalanceToPaySwapColdKey',
    'SubtensorModule.CannotAffordLockCost',
    'Balances.InsufficientBalance',
    'Balances.Expendability',
    'Token.FundsUnavailable',
    'Token.NotExpendable',
    'Token.Frozen',
    'Invalid.Payment',
    'Custom.BalanceTooLow',
  ],
  CHAIN_NOT_ENOUGH_STAKE: [
    'SubtensorModule.NotEnoughStakeToWithdraw',
    'SubtensorModule.NotEnoughStake',
    'SubtensorModule.InsufficientAlphaBalance',
    'SubtensorModule.InsufficientStakeForLock',
    'SubtensorModule.NotEnoughStakeToSetChildkeys',
    'SubtensorModule.StakeTooLowForRoot',
    'Custom.NotEnoughStakeToWithdraw',
  ],
  CHAIN_STAKE_LOCKED: [
    'SubtensorModule.StakeUnavailable',
    'SubtensorModule.RootStakeLocked',
    'SubtensorModule.ActiveLockExists',
    'SubtensorModule.LockHotkeyMismatch',
    'SubtensorModule.AccountRejectsLockedAlpha',
  ],
  CHAIN_REFUSED: [
    'SubtensorModule.NoExistingLock',
    'SubtensorModule.Deprecated',
    'SubtensorModule.SameNetuid',
    'SubtensorModule.SameAutoStakeHotkeyAlreadySet',
    'SubtensorModule.DelegateTakeTooLow',
    'SubtensorModule.DelegateTakeTooHigh',
    'Custom.DelegateTakeTooLow',
    'Custom.DelegateTakeTooHigh',
  ],
  CHAIN_LIQUIDITY: [
    'SubtensorModule.InsufficientLiquidity',
    'Custom.InsufficientLiquidity',
    'Swap.InsufficientLiquidity',
    'Swap.ReservesTooLow',
    'Swap.ReservesOutOfBalance',
    'Swap.SwapInputTooLarge',
  ],
  CHAIN_HOTKEY_UNKNOWN: [
    'SubtensorModule.HotKeyAccountNotExists',
    'SubtensorModule.HotKeyNotRegisteredInNetwork',
    'SubtensorModule.HotKeyNotRegisteredInSubNet',
    'Custom.HotkeyAccountDoesntExist',
    'Custom.HotKeyNotRegisteredInNetwork',
    'Custom.UidNotFound',
  ],
  CHAIN_SUBNET_UNKNOWN: [
    'SubtensorModule.SubnetNotExists',
    'SubtensorModule.MechanismDoesNotExist',
    'Swap.MechanismDoesNotExist',
    'Custom.SubnetNotExists',
    'SubtensorModule.InvalidSubnetNumber',
  ],
  CHAIN_SUBNET_CLOSED: [
    'SubtensorModule.SubtokenDisabled',
    'Swap.SubtokenDisabled',
    'SubtensorModule.TransferDisallowed',
    'Custom.TransferDisallowed',
    'SubtensorModule.SubNetRegistrationDisabled',
    'SubtensorModule.DisabledTemporarily',
  ],
  CHAIN_RATE_LIMITED: [
    'SubtensorModule.DelegateTxRateLimitExceeded',
    'SubtensorModule.TxRateLimitExceeded',
    'SubtensorModule.TxChildkeyTakeRateLimitExceeded',
    'SubtensorModule.HotKeySetTxRateLimitExceeded',
    'SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed',
    'SubtensorModule.NetworkTxRateLimitExceeded',
    'SubtensorModule.StakingRateLimitExceeded',
    'SubtensorModule.TooManyRegistrationsThisBlock',
    'SubtensorModule.TooManyRegistrationsThisInterval',
    'SubtensorModule.AddStakeBurnRateLimitExceeded',
    'Custom.RateLimitExceeded',
  ],
  CHAIN_NOT_PERMITTED: [
    'SubtensorModule.NonAssociatedColdKey',
    'SubtensorModule.NotSubnetOwner',
    'SubtensorModule.RegistrationNotPermittedOnRootSubnet',
    'Custom.NonAssociatedColdKey',
    'System.CallFiltered',
    'Proxy.NotProxy',
    'Proxy.NoPermission',
    'Proxy.Unannounced',
    'BadOrigin',
    'RootNotAllowed',
    'Invalid.Call',
    'Invalid.BadSigner',
  ],
  CHAIN_COLDKEY_SWAP: [
    'SubtensorModule.ColdkeySwapAnnounced',
    'SubtensorModule.ColdkeySwapDisputed',
    'SubtensorModule.ColdkeySwapTooEarly',
    'SubtensorModule.ColdkeySwapClearTooEarly',
    'SubtensorModule.ColdkeySwapReannouncedTooEarly',
    'SubtensorModule.ColdkeySwapAnnouncementNotFound',
    'SubtensorModule.AnnouncedColdkeyHashDoesNotMatch',
    'SubtensorModule.ColdKeyAlreadyAssociated',
    'SubtensorModule.NewColdKeyIsHotkey',
    'Custom.ColdkeyInSwapSchedule',
    'Custom.ColdkeySwapDisputed',
  ],
  CHAIN_TX_STALE: ['Invalid.Stale', 'Invalid.Future', 'Invalid.AncientBirthBlock'],
  CHAIN_TX_INVALID: [
    'Invalid.BadProof',
    'Pool.BadFormat',
    'Custom.FailedShieldedTxParsing',
    'Custom.InvalidShieldedTxPubKeyHash',
  ],
  CHAIN_POOL_BUSY: ['Invalid.ExhaustsResources', 'Pool.TooLowPriority', 'Pool.ImmediatelyDropped'],
};

/** Names that only runtimes after spec 424 raise. */
const LATER_NAMES = [
  'BasketMinOutNotMet',
  'InsufficientTaoBalance',
  'InsufficientAlphaBalance',
  'RootStakeLocked',
];

const rows = Object.entries(expected).flatMap(([code, names]) =>
  names.map((name) => [name, code] as const),
);

describe('the table of chain errors', () => {
  it.each(rows)('translates %s to %s', (name, code) => {
    const row = translateFailure({ name, docs: '' });
    expect(row.code).toBe(code);
    expect(row.hint).toMatch(/^[A-Z].*\.$/);
  });

  it('has no row beyond these', () => {
    expect(Object.keys(translations).sort()).toEqual(rows.map(([name]) => name).sort());
  });

  it('keeps a name it does not know', () => {
    const failure = { name: 'Novelty.SomethingNew', docs: 'A new\u001b rule.' };
    expect(translateFailure(failure)).toBe(UNKNOWN);
    const error = chainFailureError(failure, 'the stake');
    expect(error).toMatchObject({
      code: 'CHAIN_REFUSED',
      exitCode: 6,
      message: 'The chain refused the stake: Novelty.SomethingNew.',
      details: ['A new rule.'],
      data: { chainError: 'Novelty.SomethingNew' },
    });
    expect(translateFailure({ name: 'constructor', docs: '' })).toBe(UNKNOWN);
  });

  it('ends in exit 6, but for a price limit, which is a policy of the user', () => {
    for (const [name, code] of rows) {
      const { exitCode } = catalogue[translateFailure({ name, docs: '' }).code];
      expect([name, exitCode]).toEqual([name, code === 'CHAIN_PRICE_LIMIT' ? 7 : 6]);
    }
  });

  it('knows only custom codes that exist', () => {
    const names = Object.values(customCodes).map(([name]) => `Custom.${name}`);
    const used = rows.map(([name]) => name).filter((name) => name.startsWith('Custom.'));
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe(realSuiteName('the names in the table'), () => {
  if (!hasRealMetadata) {
    it('were not checked against a runtime', () => {
      expect(hasRealMetadata).toBe(false);
    });
    return;
  }
  const version = { specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 };
  const runtime = decodeRuntime(readRealMetadata(), version);
  const palletIndex = { System: 0, Balances: 5, SubtensorModule: 7, Proxy: 16, Swap: 28 } as const;
  const known = Object.entries(palletIndex).flatMap(([pallet, index]) =>
    Array.from({ length: 256 }, (_, error) => runtime.errorName(index, error))
      .filter((entry) => entry !== undefined)
      .map((entry) => `${pallet}.${entry.name}`),
  );

  it('exist in the runtime, or in a later one', () => {
    const ofPallets = rows
      .map(([name]) => name)
      .filter((name) => Object.hasOwn(palletIndex, name.split('.')[0] ?? ''));
    const missing = ofPallets.filter((name) => !known.includes(name));
    expect(missing.map((name) => name.split('.')[1]).sort()).toEqual([...LATER_NAMES].sort());
  });
});
