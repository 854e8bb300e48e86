/** What the last epoch of every subnet paid to the stakers of each hotkey, after take. */
import type { BlockView } from '../types.ts';
import { asAddress, asCount, asRao } from './shape.ts';

export type Dividends = {
  /** Rao of alpha paid on a hotkey to its alpha stakers. */
  readonly alpha: (netuid: number, hotkey: string) => bigint;
  /** The same, to its root stakers. */
  readonly root: (netuid: number, hotkey: string) => bigint;
  readonly totalAlpha: (netuid: number) => bigint;
  readonly totalRoot: (netuid: number) => bigint;
  /** Every (hotkey, netuid) that was paid either. */
  readonly pairs: readonly { readonly hotkey: string; readonly netuid: number }[];
};

type ByHotkey = Map<string, bigint>;
type Table = Map<number, ByHotkey>;

/** Two maps in full: a few thousand entries on mainnet. */
export async function readDividends(view: BlockView): Promise<Dividends> {
  const [alpha, root] = await Promise.all([
    readTable(view, 'AlphaDividendsPerSubnet'),
    readTable(view, 'RootAlphaDividendsPerSubnet'),
  ]);
  return {
    alpha: (netuid, hotkey) => alpha.get(netuid)?.get(hotkey) ?? 0n,
    root: (netuid, hotkey) => root.get(netuid)?.get(hotkey) ?? 0n,
    totalAlpha: (netuid) => total(alpha.get(netuid)),
    totalRoot: (netuid) => total(root.get(netuid)),
    pairs: listPairs(alpha, root),
  };
}

async function readTable(view: BlockView, item: string): Promise<Table> {
  const table: Table = new Map();
  if (!view.runtime.has.storage('SubtensorModule', item)) return table;
  for (const { keys, value } of await view.entries('SubtensorModule', item)) {
    const netuid = asCount(keys[0]);
    const amountRao = asRao(value);
    if (amountRao === 0n) continue;
    const byHotkey: ByHotkey = table.get(netuid) ?? new Map();
    table.set(netuid, byHotkey);
    byHotkey.set(asAddress(keys[1]), amountRao);
  }
  return table;
}

function total(byHotkey: ByHotkey | undefined): bigint {
  let sum = 0n;
  for (const amountRao of byHotkey?.values() ?? []) sum += amountRao;
  return sum;
}

function listPairs(...tables: readonly Table[]): Dividends['pairs'] {
  const pairs = new Map<string, { readonly hotkey: string; readonly netuid: number }>();
  for (const table of tables) {
    for (const [netuid, byHotkey] of table) {
      for (const hotkey of byHotkey.keys()) pairs.set(`${netuid} ${hotkey}`, { hotkey, netuid });
    }
  }
  return [...pairs.values()];
}
