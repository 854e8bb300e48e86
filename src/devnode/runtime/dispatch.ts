/** Finds the rule of a call and runs it. The table of everything the dev chain can do. */
import { claimAndLockCalls, registrationCalls, validatorCalls } from './calls-account.ts';
import { announcementCalls } from './calls-announcement.ts';
import { coldkeySwapCalls, holdOf } from './calls-coldkey-swap.ts';
import { commitmentCalls } from './calls-commitments.ts';
import { balancesCalls, systemCalls, timestampCalls } from './calls-frame.ts';
import { hotkeySwapCalls } from './calls-hotkey-swap.ts';
import { multisigCalls } from './calls-multisig.ts';
import { ownerCalls } from './calls-owner.ts';
import { proxyCalls } from './calls-proxy.ts';
import { shieldCalls } from './calls-shield.ts';
import { stakeCalls } from './calls-stake.ts';
import { swapCalls } from './calls-swap.ts';
import { type Dispatch, utilityCalls } from './calls-utility.ts';
import { type Args, type CallRules, refused } from './context.ts';
import { moduleError } from './dispatch-error.ts';

/** What a call inside another is refused with; a whole extrinsic does not get this far. */
const HOLD_ERRORS = { announced: 'ColdkeySwapAnnounced', disputed: 'ColdkeySwapDisputed' } as const;

/** Runs one call as its context's signer. On an error nothing has changed. */
export const dispatch: Dispatch = (context, call) => {
  const rule = rules[call.type]?.[call.value.type];
  if (rule === undefined || !context.filter(call))
    return refused(moduleError('System', 'CallFiltered'));
  const hold = holdOf(context.state, context.signer, call);
  if (hold !== undefined) return refused(moduleError('SubtensorModule', HOLD_ERRORS[hold]));
  const before = context.events.length;
  const result = rule(context, (call.value.value ?? {}) as Args);
  if (!result.ok) context.events.length = before;
  return result;
};

/** By pallet and call: exactly the declared calls, which a test checks. */
export const rules: Readonly<Record<string, CallRules>> = {
  System: systemCalls,
  Timestamp: timestampCalls,
  Balances: balancesCalls,
  SubtensorModule: {
    ...stakeCalls,
    ...claimAndLockCalls,
    ...validatorCalls,
    ...registrationCalls,
    ...ownerCalls,
    ...coldkeySwapCalls,
    ...hotkeySwapCalls,
  },
  Utility: utilityCalls((context, call) => dispatch(context, call)),
  Multisig: multisigCalls((context, call) => dispatch(context, call)),
  Proxy: {
    ...proxyCalls((context, call) => dispatch(context, call)),
    ...announcementCalls((context, call) => dispatch(context, call)),
  },
  Commitments: commitmentCalls,
  Swap: swapCalls,
  MevShield: shieldCalls,
};
