/**
 * Another runtime for a state: what reads it changes, and with it the rules of root dividends.
 * Works on the state of a genesis and in the middle of a chain, as an upgrade does.
 */
import { adoptBaskets } from '../../economy/adopt-baskets.ts';
import { profileNamed } from '../metadata/profiles/profiles.ts';
import type { ChainState } from './chain-state.ts';

/** Constant InitialMinTransfer of the profiles that have it, rao. */
const MIN_TRANSFER_RAO = 100_000n;
/** `modl` ‖ `subtensr` ‖ `basket`: holds what is in the baskets. */
const BASKET_ESCROW = `0x6d6f646c73756274656e73726261736b6574${'00'.repeat(14)}`;

/**
 * Puts the state under a profile. From claims to baskets all that is owed moves into the funds;
 * the way back does not exist and throws. DEV_PROFILE_UNKNOWN.
 */
export function adoptProfile(state: ChainState, name: string): void {
  const profile = profileNamed(name);
  const hasBaskets = profile.apis.BetaBasketRuntimeApi !== undefined;
  const { parameters } = state.economy;
  if (hasBaskets && parameters.rootRules === 'claims') {
    parameters.minTransferRao = MIN_TRANSFER_RAO;
    adoptBaskets(state.economy, BASKET_ESCROW);
  } else if (!hasBaskets && parameters.rootRules === 'baskets') {
    throw new RangeError(`No way back from baskets to profile ${name}`);
  }
  state.profile = profile.name;
}
