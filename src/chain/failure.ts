/** Dispatch and validity errors by name, as one short text. Pure. */
import { isRecord } from './replies.ts';
import type { ChainFailure } from './types.ts';

type Tagged = { readonly type: string; readonly value?: unknown };

/**
 * Names a decoded DispatchError: `SubtensorModule.AmountTooLow`, `Token.FundsUnavailable`,
 * `BadOrigin`. Documentation comes from the metadata of the runtime that raised it.
 */
export function describeDispatchError(
  error: unknown,
  docsOf: (pallet: string, name: string) => string,
): ChainFailure {
  if (!isTagged(error)) return { name: 'Unknown', docs: '' };
  const inner = error.value;
  if (error.type === 'Module') return describeModuleError(inner, docsOf);
  if (isTagged(inner)) return { name: `${error.type}.${inner.type}`, docs: '' };
  return { name: error.type, docs: '' };
}

/** Names one validity answer; custom codes are explained. */
export function describeValidity(kind: string, name: string, customCode?: unknown): ChainFailure {
  if (name !== 'Custom') return { name: `${kind}.${name}`, docs: validityDocs[name] ?? '' };
  const code = Number.parseInt(String(customCode), 10);
  const meaning = customCodes[code];
  if (meaning === undefined) return { name: `${kind}.Custom(${code})`, docs: '' };
  return { name: `Custom.${meaning[0]}`, docs: meaning[1] };
}

function describeModuleError(
  inner: unknown,
  docsOf: (pallet: string, name: string) => string,
): ChainFailure {
  if (!isTagged(inner)) return { name: 'Module', docs: '' };
  if (!isTagged(inner.value)) return { name: inner.type, docs: '' };
  const { type: name } = inner.value;
  return { name: `${inner.type}.${name}`, docs: docsOf(inner.type, name) };
}

function isTagged(value: unknown): value is Tagged {
  return isRecord(value) && typeof value.type === 'string';
}

const validityDocs: Readonly<Record<string, string>> = {
  Call: 'The call is not allowed here.',
  Payment: 'The account cannot pay the fee.',
  Future: 'An earlier transaction of the account is missing: the nonce is too high.',
  Stale: 'The nonce is already used, or the lifetime of the transaction is over.',
  BadProof: 'The signature does not fit: wrong key, spec version or genesis.',
  AncientBirthBlock: 'The block the lifetime begins at is too old.',
  ExhaustsResources: 'The block is full.',
  BadMandatory: 'The call is reserved for block authors.',
  MandatoryValidation: 'The call is reserved for block authors.',
  BadSigner: 'The account may not sign this call.',
  IndeterminateImplicit: 'The node could not compute what the signature covers.',
  UnknownOrigin: 'The origin of the transaction is unknown.',
  CannotLookup: 'The node could not look the signer up.',
  NoUnsignedValidator: 'Unsigned transactions of this kind are not accepted.',
};

/** `Invalid(Custom(n))` of this chain: the name and what it means. */
export const customCodes: Readonly<Record<number, readonly [name: string, docs: string]>> = {
  0: ['ColdkeyInSwapSchedule', 'A coldkey swap is announced: only swap calls are allowed.'],
  1: ['StakeAmountTooLow', 'Too little stake for this.'],
  2: ['BalanceTooLow', 'Too little free TAO.'],
  3: ['SubnetNotExists', 'There is no such subnet.'],
  4: ['HotkeyAccountDoesntExist', 'The hotkey is unknown to the chain.'],
  5: ['NotEnoughStakeToWithdraw', 'More stake was asked for than the position holds.'],
  6: ['RateLimitExceeded', 'The call was repeated too soon.'],
  7: ['InsufficientLiquidity', "The subnet's pool cannot serve the amount."],
  8: ['SlippageTooHigh', 'The price moved beyond the limit.'],
  9: ['TransferDisallowed', 'The subnet does not allow stake transfers.'],
  10: ['HotKeyNotRegisteredInNetwork', 'The hotkey is registered on no subnet.'],
  11: ['InvalidIpAddress', 'The address of the served endpoint is invalid.'],
  12: ['ServingRateLimitExceeded', 'The endpoint was announced again too soon.'],
  13: ['InvalidPort', 'The port of the served endpoint is invalid.'],
  14: ['ZeroMaxAmount', 'Nothing can be traded within the price limit.'],
  15: ['InvalidRevealRound', 'The reveal round is in the past.'],
  16: ['CommitNotFound', 'There is no commit to reveal.'],
  17: ['CommitBlockNotInRevealRange', 'The commit cannot be revealed yet.'],
  18: ['InputLengthsUnequal', 'The lists of the batch differ in length.'],
  19: ['UidNotFound', 'The hotkey is not on that subnet.'],
  20: ['EvmKeyAssociateRateLimitExceeded', 'The EVM key was associated again too soon.'],
  21: ['ColdkeySwapDisputed', 'The account is frozen by a disputed coldkey swap.'],
  22: ['InvalidRealAccount', 'The account that should pay for the proxy cannot.'],
  23: ['FailedShieldedTxParsing', 'The shielded transaction is malformed.'],
  24: ['InvalidShieldedTxPubKeyHash', 'The shielded transaction uses an outdated key.'],
  25: ['NonAssociatedColdKey', 'The account does not own this hotkey.'],
  26: ['DelegateTakeTooLow', 'The take is too low.'],
  27: ['DelegateTakeTooHigh', 'The take is above the maximum.'],
  255: ['BadRequest', "The chain's pre-check refused the call."],
};
