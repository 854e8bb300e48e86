/**
 * Runs a scenario on a fresh chain in memory, epoch by epoch, and reports what could be observed.
 * Deterministic: the same scenario and seed give the same report to the last digit.
 */
import { openChain } from '../blocks/chain.ts';
import { advance, createCore, type NodeCore, seal } from '../node/core.ts';
import type { DevAction } from '../runtime/dev-actions.ts';
import { type Judged, judgeObservation, phaseMean } from './judge-observations.ts';
import { type Figures, type Holdings, holdingsOf, recordFigures } from './record-figures.ts';
import { EPOCH_BLOCKS, type Phase, type Scenario } from './scenario.ts';
import { stakeAction, stepAction } from './to-actions.ts';

export type ScenarioReport = {
  readonly scenario: string;
  readonly seed: number;
  readonly preset: string;
  readonly blocks: number;
  readonly happened: readonly { readonly block: number; readonly text: string }[];
  readonly phases: readonly Phase[];
  /** Figures of every epoch, from the first. */
  readonly epochs: readonly Figures[];
  /** Per figure its mean over each phase, amounts in whole TAO or alpha. */
  readonly means: readonly { readonly figure: string; readonly means: readonly number[] }[];
  readonly observations: readonly Judged[];
  readonly passed: boolean;
};

export type RunOptions = {
  readonly seed: number;
  /** Called after every epoch with how many have passed; throwing stops the run. */
  readonly onEpoch?: (passed: number) => void | Promise<void>;
};

/** The preset every scenario starts from. */
const SCENARIO_PRESET = 'arena';

export async function runScenario(
  scenario: Scenario,
  { seed, onEpoch = () => {} }: RunOptions,
): Promise<ScenarioReport> {
  const preset = `${SCENARIO_PRESET}@${seed}`;
  const core = createCore(openChain({ preset }), { sealing: 'manual' });
  const client = scenario.hasClient === true ? await connectClient(core) : undefined;
  const happened: { block: number; text: string }[] = [];
  const epochs: Figures[] = [];
  for (let epoch = 0; epoch < scenario.epochs; epoch += 1) {
    const acted = act(core, scenario, epoch, happened);
    const before = holdingsOf(core.chain.live.state, scenario.delegators);
    advance(core, EPOCH_BLOCKS - acted);
    epochs.push({ ...record(core, scenario, before), ...(await client?.figures()) });
    await onEpoch(epoch + 1);
  }
  const { phases } = scenario;
  const observations = scenario.observations.map((one) => judgeObservation(one, phases, epochs));
  return {
    scenario: scenario.name,
    seed,
    preset,
    blocks: scenario.epochs * EPOCH_BLOCKS,
    happened,
    phases,
    epochs,
    means: meansOf(phases, epochs),
    observations,
    passed: observations.every(({ passed }) => passed),
  };
}

/** Does what is due when so many epochs have passed; gives how many blocks that took. */
function act(
  core: NodeCore,
  scenario: Scenario,
  epoch: number,
  happened: { block: number; text: string }[],
): number {
  let blocks = 0;
  const make = (actions: readonly DevAction[], text: string): void => {
    seal(core, actions);
    blocks += 1;
    happened.push({ block: epoch * EPOCH_BLOCKS + blocks, text });
  };
  if (epoch === 0) {
    for (const delegator of scenario.delegators) {
      const { label, tao, validator, netuid } = delegator;
      const text = `${label} stakes ${tao} TAO with ${validator} on subnet ${netuid}.`;
      make([stakeAction(core.chain.live.state, delegator)], text);
    }
  }
  for (const { epoch: due, text, step } of scenario.steps) {
    if (due === epoch) make([stepAction(core.chain.live.state, scenario, step)], text);
  }
  return blocks;
}

function record(core: NodeCore, scenario: Scenario, before: Holdings): Figures {
  return recordFigures(core.chain.live.state, scenario, before);
}

/** Only figures that every epoch of every phase has. */
function meansOf(phases: readonly Phase[], epochs: readonly Figures[]): ScenarioReport['means'] {
  const counted = phases.flatMap(({ from, to }) => epochs.slice(from - 1, to));
  const names = Object.keys(epochs.at(-1) ?? {}).filter((name) =>
    counted.every((figures) => figures[name] !== undefined),
  );
  return names.map((figure) => ({
    figure,
    means: phases.map((phase) => phaseMean(figure, phase, epochs)),
  }));
}

async function connectClient(core: NodeCore) {
  const { watchAsClient } = await import('./watch-as-client.ts');
  return watchAsClient(core);
}
