/** Gathers what moving, swapping or transferring stake needs to know, from one block. */
import type { SubnetFacts } from '../chain/facts.ts';
import { type MoveQuestion, quoteMove } from '../chain/queries/quote-move.ts';
import { readMinimumStake } from '../chain/queries/read-limits.ts';
import { readAcceptsLocked, readLocks } from '../chain/queries/read-locks.ts';
import { readAvailability, readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { TransferStakeFacts, TransferStakeRequest } from './plan-transfer-stake.ts';
import { quoteOrNothing, readUnclaimed, readValidator } from './read-plan-facts.ts';
import { readFamiliarity } from './read-transfer-facts.ts';
import {
  type RelocationFacts,
  type RelocationRequest,
  type RelocationVerb,
  resolveRelocated,
} from './relocation.ts';

const PALLET = 'SubtensorModule';

/** Two round trips, and those of the quote. POSITION_EMPTY, STAKE_TOO_LOW. */
export async function readRelocationFacts(
  view: BlockView,
  coldkey: string,
  asked: { readonly verb: RelocationVerb; readonly request: RelocationRequest },
): Promise<RelocationFacts> {
  const { from, to } = asked.request;
  const netuids = [...new Set([from.netuid, to.netuid])];
  const [subnets, enabled, fromHotkey, toHotkey, uid, stakes, availability, minimums] =
    await Promise.all([
      Promise.all(netuids.map((netuid) => readSubnet(view, netuid))),
      readSwitches(view, 'SubtokenEnabled', netuids),
      readValidator(view, from.hotkey),
      readValidator(view, to.hotkey),
      view.read(PALLET, 'Uids', to.netuid, to.hotkey),
      readStakes(view, [coldkey]),
      readAvailability(view, coldkey, [from.netuid]),
      readMinimumStake(view),
    ]);
  const origin = subnets[0];
  const destination = from.netuid === to.netuid ? origin : subnets[1];
  const held = (hotkey: string, netuid: number) =>
    stakes.find((stake) => stake.hotkey === hotkey && stake.netuid === netuid);
  const stake = held(from.hotkey, from.netuid);
  const stakeRao = stake?.alphaRao ?? 0n;
  const both = origin === undefined || destination === undefined ? [] : [origin, destination];
  const amountRao =
    both.length === 0 ? undefined : resolveRelocated(asked.verb, asked.request, stakeRao);
  const [quote, unclaimedRao] = await Promise.all([
    amountRao === undefined || from.netuid === to.netuid
      ? undefined
      : readQuote(view, both, {
          originNetuid: from.netuid,
          destinationNetuid: to.netuid,
          amountRao,
        }),
    from.netuid === ROOT_NETUID && stake !== undefined ? readUnclaimed(view, stake) : 0n,
  ]);
  return {
    origin,
    destination,
    disabledNetuids: netuids.filter((netuid, index) => netuid !== ROOT_NETUID && !enabled[index]),
    fromHotkey,
    toHotkey,
    isRegisteredThere: uid !== undefined,
    stakeRao,
    heldThereRao: held(to.hotkey, to.netuid)?.alphaRao ?? 0n,
    unlockedRao: availability?.find((row) => row.netuid === from.netuid)?.availableRao,
    minimumRao: minimums.transferRao,
    quote,
    unclaimedRao,
  };
}

/** What giving stake away needs besides: the switches, the receiver's locks, and who he is to us. */
export async function readTransferStakeFacts(
  context: Context,
  view: BlockView,
  coldkey: string,
  request: TransferStakeRequest,
): Promise<TransferStakeFacts> {
  const { from, to, receiver } = request;
  const netuids = [...new Set([from.netuid, to.netuid])];
  const [facts, open, acceptsLocked, ownLocks, theirLocks, familiarity] = await Promise.all([
    readRelocationFacts(view, coldkey, { verb: 'transfer', request }),
    readSwitches(view, 'TransferToggle', netuids),
    readAcceptsLocked(view, receiver.address),
    readLocks(view, coldkey),
    readLocks(view, receiver.address),
    readFamiliarity(context, receiver),
  ]);
  const lockOn = (locks: typeof ownLocks) =>
    locks.find(({ netuid }) => netuid === from.netuid)?.hotkey;
  return {
    ...facts,
    sender: coldkey,
    closedNetuids: netuids.filter((_, index) => !open[index]),
    acceptsLocked,
    ownLockHotkey: lockOn(ownLocks),
    theirLockHotkey: lockOn(theirLocks),
    familiarity,
  };
}

async function readSwitches(
  view: BlockView,
  item: string,
  netuids: readonly number[],
): Promise<readonly boolean[]> {
  const values = await view.readMany(
    PALLET,
    item,
    netuids.map((netuid) => [netuid]),
  );
  return values.map((value) => value === true);
}

/** Undefined where a pool has nothing to give, or a subnet no pool yet. */
async function readQuote(
  view: BlockView,
  subnets: readonly SubnetFacts[],
  question: MoveQuestion,
): Promise<RelocationFacts['quote']> {
  if (subnets.some(({ priceRaoPerAlpha }) => priceRaoPerAlpha === 0n)) return undefined;
  return quoteOrNothing(quoteMove(view, question));
}
