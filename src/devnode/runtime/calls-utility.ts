/** Calls of Utility: several calls in one, with the chain's rules for what is kept on failure. */
import { blake2, joinBytes } from '../blocks/header.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import {
  type CallContext,
  type CallRules,
  type DispatchResult,
  DONE,
  refused,
  restore,
} from './context.ts';
import { BAD_ORIGIN, moduleError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';

/** Dispatches a call; handed in, because calls and dispatch refer to each other. */
export type Dispatch = (context: CallContext, call: RuntimeCall) => DispatchResult;

/** Chain rule: Utility.batched_calls_limit. */
export const MAX_BATCH_CALLS = 10_922;
const BATCHES = new Set(['batch', 'batch_all', 'force_batch']);
const DERIVATIVE = new TextEncoder().encode('modlpy/utilisuba');

export function utilityCalls(dispatch: Dispatch): CallRules {
  const runItem = (context: CallContext, call: RuntimeCall): DispatchResult =>
    call.type === 'Utility' && BATCHES.has(call.value.type)
      ? refused(moduleError('System', 'CallFiltered'))
      : dispatch(context, call);
  const emit = (context: CallContext, name: string, fields = {}) =>
    context.events.push({ pallet: 'Utility', name, fields });
  const checked =
    (run: (context: CallContext, calls: readonly RuntimeCall[]) => DispatchResult) =>
    (context: CallContext, args: Readonly<Record<string, unknown>>): DispatchResult => {
      const calls = args.calls as readonly RuntimeCall[];
      const fits = calls.length <= MAX_BATCH_CALLS;
      return fits ? run(context, calls) : refused(moduleError('Utility', 'TooManyCalls'));
    };

  return {
    batch: checked((context, calls) => {
      for (const [index, call] of calls.entries()) {
        const result = runItem(context, call);
        if (!result.ok) {
          emit(context, 'BatchInterrupted', { index, error: result.error });
          return DONE;
        }
        emit(context, 'ItemCompleted');
      }
      emit(context, 'BatchCompleted');
      return DONE;
    }),
    batch_all: checked((context, calls) =>
      allOrNothing(context, () => {
        for (const call of calls) {
          const result = runItem(context, call);
          if (!result.ok) return result;
          emit(context, 'ItemCompleted');
        }
        emit(context, 'BatchCompleted');
        return DONE;
      }),
    ),
    force_batch: checked((context, calls) => {
      let failed = false;
      for (const call of calls) {
        const result = runItem(context, call);
        if (result.ok) emit(context, 'ItemCompleted');
        else emit(context, 'ItemFailed', { error: result.error });
        failed ||= !result.ok;
      }
      emit(context, failed ? 'BatchCompletedWithErrors' : 'BatchCompleted');
      return DONE;
    }),
    with_weight: () => refused(BAD_ORIGIN),
    as_derivative: (context, { index, call }) => {
      const signer = derivative(context.signer, index as number);
      return dispatch({ ...context, signer }, call as RuntimeCall);
    },
    if_else: (context, { main, fallback }) => {
      const first = dispatch(context, main as RuntimeCall);
      if (first.ok) {
        emit(context, 'IfElseMainSuccess');
        return DONE;
      }
      const second = dispatch(context, fallback as RuntimeCall);
      if (second.ok) emit(context, 'IfElseFallbackCalled', { main_error: first.error });
      return second;
    },
  };
}

/** Undoes everything `run` did, events included, when it fails. */
export function allOrNothing(context: CallContext, run: () => DispatchResult): DispatchResult {
  const copy = structuredClone(context.state);
  const events = context.events.length;
  const result = run();
  if (result.ok) return result;
  restore(context.state, copy);
  context.events.length = events;
  return result;
}

/** The pseudo account number `index` of an account. */
function derivative(who: string, index: number): string {
  return toHex(
    blake2(joinBytes(DERIVATIVE, fromHex(who), Uint8Array.of(index & 0xff, index >> 8))),
  );
}
