/** Small facts that plans need: minimums, who owns a hotkey, and a block's time. */
import type { MinimumFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { asAddress, asCount, asRao } from './shape.ts';

/** Chain rule: the nominator minimum is the minimum stake × factor ÷ 10^6. */
const NOMINATOR_DIVISOR = 1_000_000n;
/** What runtimes without the constant enforce. */
const DEFAULT_MIN_STAKE_RAO = 2_000_000n;
const DEFAULT_EXISTENTIAL_DEPOSIT_RAO = 500n;

/** The chain's minimums. */
export async function readMinimumStake(view: BlockView): Promise<MinimumFacts> {
  const { has } = view.runtime;
  const constant = (pallet: string, name: string): bigint | undefined =>
    has.constant(pallet, name) ? asRao(view.runtime.constant(pallet, name)) : undefined;
  const stakeRao = constant('SubtensorModule', 'InitialMinStake') ?? DEFAULT_MIN_STAKE_RAO;
  const factor = has.storage('SubtensorModule', 'NominatorMinRequiredStake')
    ? asRao(await view.read('SubtensorModule', 'NominatorMinRequiredStake'))
    : 0n;
  return {
    stakeRao,
    transferRao: constant('SubtensorModule', 'InitialMinTransfer') ?? stakeRao,
    nominatorRao: (stakeRao * factor) / NOMINATOR_DIVISOR,
    existentialDepositRao:
      constant('Balances', 'ExistentialDeposit') ?? DEFAULT_EXISTENTIAL_DEPOSIT_RAO,
  };
}

/** The coldkey that owns a hotkey; undefined when the chain does not know the hotkey. */
export async function readHotkeyOwner(
  view: BlockView,
  hotkey: string,
): Promise<string | undefined> {
  const [owner] = await readHotkeyOwners(view, [hotkey]);
  return owner;
}

/** The owners of several hotkeys in one round trip. */
export async function readHotkeyOwners(
  view: BlockView,
  hotkeys: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const { fallback } = view.runtime.storage('SubtensorModule', 'Owner');
  const owners = await view.readMany(
    'SubtensorModule',
    'Owner',
    hotkeys.map((hotkey) => [hotkey]),
  );
  // Chain rule: a hotkey without an entry reads as owned by the zero account and does not exist.
  return owners.map((owner) => (owner === fallback ? undefined : asAddress(owner)));
}

/** The block's own time in milliseconds since 1970; undefined before the first one was set. */
export async function readBlockTime(view: BlockView): Promise<number | undefined> {
  const timeMs = asCount(await view.read('Timestamp', 'Now'));
  return timeMs === 0 ? undefined : timeMs;
}
