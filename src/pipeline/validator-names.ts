/** The names that the owners of hotkeys gave themselves, by hotkey. Chain text: for showing only. */
import { readNames } from '../chain/queries/read-delegates.ts';
import { readHotkeyOwners } from '../chain/queries/read-limits.ts';
import type { BlockView } from '../chain/types.ts';

export async function readValidatorNames(
  view: BlockView,
  hotkeys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(hotkeys)];
  const owners = await readHotkeyOwners(view, distinct);
  const names = await readNames(view, owners);
  return new Map(
    distinct.map((hotkey, index) => [hotkey, names.get(owners[index] ?? '') ?? ''] as const),
  );
}
