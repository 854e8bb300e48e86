/** Finds the rule of a call and runs it. The table of everything the dev chain can do. */
import { claimAndLockCalls, registrationCalls, validatorCalls } from './calls-account.ts';
import { announcementCalls } from './calls-announcement.ts';
import { balancesCalls, systemCalls, timestampCalls } from './calls-frame.ts';
import { multisigCalls } from './calls-multisig.ts';
import { proxyCalls } from './calls-proxy.ts';
import { stakeCalls } from './calls-stake.ts';
import { type Dispatch, utilityCalls } from './calls-utility.ts';
import { type Args, type CallRules, refused } from './context.ts';
import { BAD_ORIGIN, moduleError } from './dispatch-error.ts';

/** Runs one call as its context's signer. On an error nothing has changed. */
export const dispatch: Dispatch = (context, call) => {
  const rule = rules[call.type]?.[call.value.type];
  if (rule === undefined || !context.filter(call))
    return refused(moduleError('System', 'CallFiltered'));
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
  },
  Utility: utilityCalls((context, call) => dispatch(context, call)),
  Multisig: multisigCalls((context, call) => dispatch(context, call)),
  Proxy: {
    ...proxyCalls((context, call) => dispatch(context, call)),
    ...announcementCalls((context, call) => dispatch(context, call)),
  },
  Swap: { set_fee_rate: () => refused(BAD_ORIGIN) },
};
