/** Calls of Swap: all are for root, or of the user liquidity that no longer exists. */
import { type CallRule, type CallRules, refused } from './context.ts';
import { BAD_ORIGIN, moduleError } from './dispatch-error.ts';

const gone: CallRule = () => refused(moduleError('Swap', 'Deprecated'));

export const swapCalls: CallRules = {
  set_fee_rate: () => refused(BAD_ORIGIN),
  toggle_user_liquidity: gone,
  add_liquidity: gone,
  remove_liquidity: gone,
  modify_position: gone,
  disable_lp: gone,
};
