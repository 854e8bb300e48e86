/** Hotkeys' pools of stake with their take, and coldkeys' shares of them, as the chain keeps them. */
import type { BlockView } from '../types.ts';
import { asCount, asRao, fieldOf } from './shape.ts';

const PALLET = 'SubtensorModule';

export type HotkeyOnSubnet = { readonly hotkey: string; readonly netuid: number };

/** A hotkey's pool on one subnet, all coldkeys together. */
export type HotkeyStateFacts = HotkeyOnSubnet & {
  /** Rao of alpha (root: TAO). */
  readonly totalAlphaRao: bigint;
  /** As text, in the chain's own form; '' where this runtime does not show it. */
  readonly totalShares: string;
  readonly takeU16: number;
  /** What the last epoch paid its alpha stakers and its root stakers, after take. */
  readonly lastDividendRao: bigint;
  readonly lastRootDividendRao: bigint;
};

/** Five round trips at once, whatever the number of pairs. */
export async function readHotkeyStates(
  view: BlockView,
  pairs: readonly HotkeyOnSubnet[],
): Promise<readonly HotkeyStateFacts[]> {
  const byHotkey = pairs.map(({ hotkey, netuid }) => [hotkey, netuid]);
  const byNetuid = pairs.map(({ hotkey, netuid }) => [netuid, hotkey]);
  const [totals, shares, takes, dividends, rootDividends] = await Promise.all([
    view.readMany(PALLET, 'TotalHotkeyAlpha', byHotkey),
    readFloats(view, ['TotalHotkeySharesV2', 'TotalHotkeyShares'], byHotkey),
    view.readMany(
      PALLET,
      'Delegates',
      pairs.map(({ hotkey }) => [hotkey]),
    ),
    readIfThere(view, 'AlphaDividendsPerSubnet', byNetuid),
    readIfThere(view, 'RootAlphaDividendsPerSubnet', byNetuid),
  ]);
  return pairs.map(({ hotkey, netuid }, index) => ({
    hotkey,
    netuid,
    totalAlphaRao: asRao(totals[index]),
    totalShares: shares[index] ?? '',
    takeU16: asCount(takes[index]),
    lastDividendRao: asRao(dividends[index]),
    lastRootDividendRao: asRao(rootDividends[index]),
  }));
}

export type PositionKey = HotkeyOnSubnet & { readonly coldkey: string };

/**
 * Each position's share as text: it changes when stake is added or removed, and not when rewards
 * are paid. Undefined where this runtime counts shares in another way.
 */
export async function readShares(
  view: BlockView,
  positions: readonly PositionKey[],
): Promise<readonly string[] | undefined> {
  const { has } = view.runtime;
  // Chain rule: with epochs of share pools a share is renumbered without anything having moved.
  if (has.storage(PALLET, 'AlphaSharePoolEpoch')) return undefined;
  const keys = positions.map(({ hotkey, coldkey, netuid }) => [hotkey, coldkey, netuid]);
  const texts = await readFloats(view, ['AlphaV2', 'Alpha'], keys);
  return texts.every((text) => text !== '') ? texts : undefined;
}

/** The first item in which a key has a value: runtimes move values from the old to the new one. */
async function readFloats(
  view: BlockView,
  items: readonly string[],
  keys: readonly (readonly unknown[])[],
): Promise<readonly string[]> {
  const known = items.filter((item) => view.runtime.has.storage(PALLET, item));
  const columns = await Promise.all(known.map((item) => view.readMany(PALLET, item, keys)));
  return keys.map((_, index) => {
    for (const [place, column] of columns.entries()) {
      const text = floatText(column[index]);
      if (text !== undefined) return `${known[place] === items[0] ? '' : 'v1:'}${text}`;
    }
    return '';
  });
}

/** A float of mantissa and exponent, or of fixed bits; undefined for zero. */
function floatText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, 'mantissa')) {
    const mantissa = asRao(fieldOf(value, 'mantissa'));
    return mantissa === 0n ? undefined : `${mantissa}e${asRao(fieldOf(value, 'exponent'))}`;
  }
  const bits = asRao(fieldOf(value, 'bits'));
  return bits === 0n ? undefined : bits.toString();
}

async function readIfThere(
  view: BlockView,
  item: string,
  keys: readonly (readonly unknown[])[],
): Promise<readonly unknown[]> {
  if (!view.runtime.has.storage(PALLET, item)) return keys.map(() => 0n);
  return view.readMany(PALLET, item, keys);
}
