/**
 * Plans leaving one validator for another: every position moved within its subnet, in one
 * transaction. Nothing is traded, so there is no price. What cannot move is said. Pure.
 */
import { shortAddress } from '../domain/address.ts';
import { TaoError } from '../errors/tao-error.ts';
import { combinePlans } from './combine-plans.ts';
import type { BatchMode, TxPlan } from './plan.ts';
import { planMove } from './plan-move.ts';
import type { RelocationFacts, RelocationRequest } from './relocation.ts';

export const SWITCH_COMMAND = 'delegate.switch';

export type SwitchRequest = {
  readonly from: string;
  readonly to: string;
  /** Only these subnets; undefined: all. */
  readonly netuids: readonly number[] | undefined;
  readonly mode: BatchMode;
};

/** One position of the validator that is left. */
export type SwitchPosition = {
  readonly request: RelocationRequest;
  readonly facts: RelocationFacts;
};

/** What keeps one position where it is and leaves the others free to go. */
const STAYS = ['AMOUNT_BELOW_MINIMUM', 'SUBNET_NOT_STARTED'];

/** USAGE_INVALID (the same validator), POSITION_EMPTY, and what `planMove` refuses of every position. */
export function planSwitch(request: SwitchRequest, positions: readonly SwitchPosition[]): TxPlan {
  const { from, to, mode } = request;
  requireTwoValidators(request);
  if (positions.length === 0) throw nothingThere(request);
  const moves: TxPlan[] = [];
  const stays: { readonly netuid: number; readonly reason: TaoError }[] = [];
  for (const position of positions) {
    try {
      moves.push(planMove(position.request, position.facts));
    } catch (error) {
      if (!(error instanceof TaoError && STAYS.includes(error.code))) throw error;
      stays.push({ netuid: position.request.from.netuid, reason: error });
    }
  }
  if (moves.length === 0 && stays[0] !== undefined) throw stays[0].reason;
  const places = moves.length === 1 ? 'one position' : `${moves.length} positions`;
  const plan = combinePlans(moves, {
    command: SWITCH_COMMAND,
    summary: `Switch ${places} from ${shortAddress(from)} to ${shortAddress(to)}`,
    question: `Move ${places} to ${shortAddress(to)}?`,
    mode,
    data: { fromHotkey: from, toHotkey: to },
  });
  return {
    ...plan,
    command: SWITCH_COMMAND,
    warnings: [
      ...plan.warnings,
      ...stays.map(({ netuid, reason }) => `Stays on subnet ${netuid}: ${reason.message}`),
    ],
    data: {
      ...plan.data,
      stays: stays.map(({ netuid, reason }) => ({ netuid, code: reason.code })),
    },
  };
}

/** USAGE_INVALID for one validator named twice: known without the chain. */
export function requireTwoValidators({ from, to }: Pick<SwitchRequest, 'from' | 'to'>): void {
  if (from === to) throw sameValidator(from);
}

function sameValidator(hotkey: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't switch: ${hotkey} is both the validator to leave and the one to go to.`,
    hint: 'Name two different validators.',
    data: { hotkey },
  });
}

function nothingThere({ from, netuids }: SwitchRequest): TaoError {
  const where = netuids === undefined ? '' : ` on subnet ${netuids.join(', ')}`;
  return new TaoError('POSITION_EMPTY', {
    message: `Couldn't switch: nothing is staked with ${from}${where}.`,
    hint: 'Run tao stake list to see the positions.',
    data: { hotkey: from },
  });
}
