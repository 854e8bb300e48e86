/** All scenarios, by name. */
import { TaoError } from '../../errors/tao-error.ts';
import { calm } from './data/calm.ts';
import { dishonestValidator } from './data/dishonest-validator.ts';
import { halving } from './data/halving.ts';
import { runtimeUpgrade } from './data/runtime-upgrade.ts';
import { subnetDissolved } from './data/subnet-dissolved.ts';
import { takeRise } from './data/take-rise.ts';
import { whaleExit } from './data/whale-exit.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  calm,
  halving,
  dishonestValidator,
  whaleExit,
  subnetDissolved,
  takeRise,
  runtimeUpgrade,
];

/** DEV_SCENARIO_UNKNOWN. */
export function findScenario(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new TaoError('DEV_SCENARIO_UNKNOWN', {
    message: `Couldn't run the scenario: there is none called "${name}".`,
    hint: `Scenarios: ${scenarios.map((scenario) => scenario.name).join(', ')}.`,
    data: { scenario: name },
  });
}
