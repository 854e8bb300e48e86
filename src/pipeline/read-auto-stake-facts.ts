/** Gathers what the plan of an auto-stake needs to know, from one block. */
import {
  readAutoStakes,
  readOwnedHotkeys,
  readRegistered,
} from '../chain/queries/read-auto-stake.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import type { AutoStakePlanFacts, AutoStakeRequest } from './plan-auto-stake.ts';
import { readValidatorNames } from './validator-names.ts';

export async function readAutoStakePlanFacts(
  view: BlockView,
  coldkey: string,
  request: AutoStakeRequest,
): Promise<AutoStakePlanFacts> {
  const { netuid, hotkey } = request;
  const [subnet, destinations, own] = await Promise.all([
    readSubnet(view, netuid),
    readAutoStakes(view, coldkey),
    readOwnedHotkeys(view, coldkey),
  ]);
  const current = destinations.find((one) => one.netuid === netuid)?.hotkey;
  const asked = [...own, ...(hotkey === undefined ? [] : [hotkey])];
  const shown = [...asked, ...(current === undefined ? [] : [current])];
  const [registered, names] = await Promise.all([
    readRegistered(view, netuid, asked),
    readValidatorNames(view, shown),
  ]);
  return { subnet, current, registered, own, names };
}
