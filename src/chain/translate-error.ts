/**
 * The one table from chain error names to our codes and the fix. Names, not indices: indices move
 * between runtimes. An unknown name keeps itself in `data.chainError` under CHAIN_REFUSED.
 */
import type { ErrorCode } from '../errors/catalogue.ts';
import { TaoError } from '../errors/tao-error.ts';
import { cleanText } from './clean-text.ts';
import type { ChainFailure } from './types.ts';

export type TranslationRow = {
  readonly code: ErrorCode;
  /** What to do about it, one sentence. */
  readonly hint: string;
};

const row = (code: ErrorCode, hint: string): TranslationRow => ({ code, hint });

const priceMoved = row(
  'CHAIN_PRICE_LIMIT',
  'Nothing was traded. Look at the price again, then repeat with a wider --tolerance.',
);
const tooLow = row('CHAIN_AMOUNT_TOO_LOW', 'Use at least 0.002 TAO in value, or take everything.');
const noBalance = row('CHAIN_NOT_ENOUGH_BALANCE', 'Use less, or add TAO to the account first.');
const noStake = row('CHAIN_NOT_ENOUGH_STAKE', 'Run tao stake list to see what the position holds.');
const locked = row('CHAIN_STAKE_LOCKED', 'Use less than the unlocked part, or wait.');
const noLiquidity = row('CHAIN_LIQUIDITY', 'Use a smaller amount, or another subnet.');
const noHotkey = row(
  'CHAIN_HOTKEY_UNKNOWN',
  'Check the hotkey; run tao delegate list to see some.',
);
const noSubnet = row('CHAIN_SUBNET_UNKNOWN', 'Run tao subnet list to see the subnets.');
const closedSubnet = row('CHAIN_SUBNET_CLOSED', 'Use another subnet, or wait until it is enabled.');
const tooSoon = row('CHAIN_RATE_LIMITED', 'Wait before repeating; the waiting time is on chain.');
const notPermitted = row('CHAIN_NOT_PERMITTED', 'Use the account that may make this call.');
const coldkeySwap = row('CHAIN_COLDKEY_SWAP', 'Settle the coldkey swap of this account first.');
const stale = row('CHAIN_TX_STALE', 'Run tao tx list to see whether it went through before.');
const misfit = row('CHAIN_TX_INVALID', 'Build the transaction again for this network and runtime.');
const poolBusy = row('CHAIN_POOL_BUSY', 'Run tao tx list, and try later when nothing is pending.');
const refused = (hint: string): TranslationRow => row('CHAIN_REFUSED', hint);

/** By the chain's own name; pallets and prefixes as `describeDispatchError` writes them. */
export const translations: Readonly<Record<string, TranslationRow>> = {
  'SubtensorModule.SlippageTooHigh': priceMoved,
  'Swap.PriceLimitExceeded': priceMoved,
  'Custom.SlippageTooHigh': priceMoved,
  'Custom.ZeroMaxAmount': priceMoved,
  'SubtensorModule.RegistrationPriceLimitExceeded': priceMoved,
  'SubtensorModule.BasketMinOutNotMet': priceMoved,

  'SubtensorModule.AmountTooLow': tooLow,
  'Custom.StakeAmountTooLow': tooLow,
  'Swap.InsufficientInputAmount': tooLow,
  'Token.BelowMinimum': row(
    'CHAIN_AMOUNT_TOO_LOW',
    'The receiver would stay under the existential deposit of 500 rao: send more.',
  ),

  'SubtensorModule.NotEnoughBalanceToStake': noBalance,
  'SubtensorModule.BalanceWithdrawalError': noBalance,
  'SubtensorModule.InsufficientBalance': noBalance,
  'SubtensorModule.InsufficientTaoBalance': noBalance,
  'SubtensorModule.NotEnoughBalanceToPaySwapHotKey': noBalance,
  'SubtensorModule.NotEnoughBalanceToPaySwapColdKey': noBalance,
  'SubtensorModule.CannotAffordLockCost': noBalance,
  'Balances.InsufficientBalance': noBalance,
  'Balances.Expendability': noBalance,
  'Token.FundsUnavailable': noBalance,
  'Token.NotExpendable': row(
    'CHAIN_NOT_ENOUGH_BALANCE',
    'Leave at least 500 rao in the account, and the fee.',
  ),
  'Token.Frozen': noBalance,
  'Invalid.Payment': row('CHAIN_NOT_ENOUGH_BALANCE', 'Add TAO to pay the transaction fee.'),
  'Custom.BalanceTooLow': noBalance,

  'SubtensorModule.NotEnoughStakeToWithdraw': noStake,
  'SubtensorModule.NotEnoughStake': noStake,
  'SubtensorModule.InsufficientAlphaBalance': noStake,
  'SubtensorModule.InsufficientStakeForLock': noStake,
  'SubtensorModule.NotEnoughStakeToSetChildkeys': noStake,
  'SubtensorModule.StakeTooLowForRoot': noStake,
  'Custom.NotEnoughStakeToWithdraw': noStake,

  'SubtensorModule.StakeUnavailable': locked,
  'SubtensorModule.RootStakeLocked': locked,
  'SubtensorModule.ActiveLockExists': locked,
  'SubtensorModule.LockHotkeyMismatch': row(
    'CHAIN_STAKE_LOCKED',
    'The lock names another hotkey: move the lock first.',
  ),
  'SubtensorModule.AccountRejectsLockedAlpha': row(
    'CHAIN_STAKE_LOCKED',
    'The receiver must accept locked alpha first.',
  ),
  'SubtensorModule.NoExistingLock': refused('There is no lock to move.'),

  'SubtensorModule.InsufficientLiquidity': noLiquidity,
  'Custom.InsufficientLiquidity': noLiquidity,
  'Swap.InsufficientLiquidity': noLiquidity,
  'Swap.ReservesTooLow': noLiquidity,
  'Swap.ReservesOutOfBalance': noLiquidity,
  'Swap.SwapInputTooLarge': noLiquidity,

  'SubtensorModule.HotKeyAccountNotExists': noHotkey,
  'SubtensorModule.HotKeyNotRegisteredInNetwork': noHotkey,
  'SubtensorModule.HotKeyNotRegisteredInSubNet': noHotkey,
  'Custom.HotkeyAccountDoesntExist': noHotkey,
  'Custom.HotKeyNotRegisteredInNetwork': noHotkey,
  'Custom.UidNotFound': noHotkey,

  'SubtensorModule.SubnetNotExists': noSubnet,
  'SubtensorModule.MechanismDoesNotExist': noSubnet,
  'Swap.MechanismDoesNotExist': noSubnet,
  'Custom.SubnetNotExists': noSubnet,
  'SubtensorModule.InvalidSubnetNumber': row(
    'CHAIN_SUBNET_UNKNOWN',
    'Name one to five subnets at a time.',
  ),

  'SubtensorModule.SubtokenDisabled': closedSubnet,
  'Swap.SubtokenDisabled': closedSubnet,
  'SubtensorModule.TransferDisallowed': closedSubnet,
  'Custom.TransferDisallowed': closedSubnet,
  'SubtensorModule.SubNetRegistrationDisabled': closedSubnet,
  'SubtensorModule.Deprecated': refused('This runtime no longer has the feature.'),
  'SubtensorModule.DisabledTemporarily': closedSubnet,
  'SubtensorModule.SameNetuid': refused('The move changes nothing: name another subnet or hotkey.'),
  'SubtensorModule.SameAutoStakeHotkeyAlreadySet': refused('It is already set like that.'),

  'SubtensorModule.DelegateTxRateLimitExceeded': tooSoon,
  'SubtensorModule.TxRateLimitExceeded': tooSoon,
  'SubtensorModule.TxChildkeyTakeRateLimitExceeded': tooSoon,
  'SubtensorModule.HotKeySetTxRateLimitExceeded': tooSoon,
  'SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed': tooSoon,
  'SubtensorModule.NetworkTxRateLimitExceeded': tooSoon,
  'SubtensorModule.StakingRateLimitExceeded': tooSoon,
  'SubtensorModule.TooManyRegistrationsThisBlock': tooSoon,
  'SubtensorModule.TooManyRegistrationsThisInterval': tooSoon,
  'SubtensorModule.AddStakeBurnRateLimitExceeded': tooSoon,
  'Custom.RateLimitExceeded': tooSoon,

  'SubtensorModule.NonAssociatedColdKey': notPermitted,
  'SubtensorModule.NotSubnetOwner': notPermitted,
  'SubtensorModule.RegistrationNotPermittedOnRootSubnet': notPermitted,
  'Custom.NonAssociatedColdKey': notPermitted,
  'System.CallFiltered': row(
    'CHAIN_NOT_PERMITTED',
    'The call is not allowed here: a proxy type excludes it, or the chain is in safe mode.',
  ),
  'Proxy.NotProxy': row('CHAIN_NOT_PERMITTED', 'The account is no proxy of that one.'),
  'Proxy.NoPermission': notPermitted,
  'Proxy.Unannounced': row('CHAIN_NOT_PERMITTED', 'This proxy must announce the call first.'),
  BadOrigin: notPermitted,
  RootNotAllowed: notPermitted,
  'Invalid.Call': notPermitted,
  'Invalid.BadSigner': notPermitted,

  'SubtensorModule.DelegateTakeTooLow': refused(
    'Give a take on the right side of the present one.',
  ),
  'SubtensorModule.DelegateTakeTooHigh': refused('Give a take of at most 18 %.'),
  'Custom.DelegateTakeTooLow': refused('Give a take on the right side of the present one.'),
  'Custom.DelegateTakeTooHigh': refused('Give a take of at most 18 %.'),

  'SubtensorModule.ColdkeySwapAnnounced': coldkeySwap,
  'SubtensorModule.ColdkeySwapDisputed': coldkeySwap,
  'SubtensorModule.ColdkeySwapTooEarly': coldkeySwap,
  'SubtensorModule.ColdkeySwapClearTooEarly': coldkeySwap,
  'SubtensorModule.ColdkeySwapReannouncedTooEarly': coldkeySwap,
  'SubtensorModule.ColdkeySwapAnnouncementNotFound': coldkeySwap,
  'SubtensorModule.AnnouncedColdkeyHashDoesNotMatch': coldkeySwap,
  'SubtensorModule.ColdKeyAlreadyAssociated': coldkeySwap,
  'SubtensorModule.NewColdKeyIsHotkey': coldkeySwap,
  'Custom.ColdkeyInSwapSchedule': coldkeySwap,
  'Custom.ColdkeySwapDisputed': coldkeySwap,

  'Invalid.Stale': stale,
  'Invalid.Future': row(
    'CHAIN_TX_STALE',
    'An earlier transaction of the account is missing: run tao tx list.',
  ),
  'Invalid.AncientBirthBlock': stale,
  'Invalid.BadProof': misfit,
  'Pool.BadFormat': misfit,
  'Custom.FailedShieldedTxParsing': misfit,
  'Custom.InvalidShieldedTxPubKeyHash': misfit,
  'Invalid.ExhaustsResources': poolBusy,
  'Pool.TooLowPriority': poolBusy,
  'Pool.ImmediatelyDropped': poolBusy,
};

/** For names without a row of their own. */
export const UNKNOWN: TranslationRow = row(
  'CHAIN_REFUSED',
  'Run tao tx show for the events, and look the name up in the chain documentation.',
);

/** Our code and fix for a chain failure. */
export function translateFailure(failure: ChainFailure): TranslationRow {
  return Object.hasOwn(translations, failure.name)
    ? (translations[failure.name] as TranslationRow)
    : UNKNOWN;
}

/** The error to raise for a chain failure. `what` completes "The chain refused …". */
export function chainFailureError(failure: ChainFailure, what: string): TaoError {
  const { code, hint } = translateFailure(failure);
  const docs = cleanText(failure.docs);
  return new TaoError(code, {
    message: `The chain refused ${what}: ${failure.name}.`,
    details: docs === '' ? [] : [docs],
    hint,
    data: { chainError: failure.name },
  });
}
