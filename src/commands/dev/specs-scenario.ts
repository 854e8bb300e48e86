/** Specs of `tao dev scenario …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

/** Names of the scenarios there are; a test holds them against the scenarios. */
export const SCENARIO_NAMES = [
  'calm',
  'halving',
  'dishonest-validator',
  'whale-exit',
  'subnet-dissolved',
  'take-rise',
  'runtime-upgrade',
] as const;

export const DEFAULT_SCENARIO_SEED = 1;
export const MAX_SCENARIO_SEED = 2 ** 32 - 1;

const scenarioListSpec: CommandSpec = {
  path: ['dev', 'scenario', 'list'],
  summary: 'List the scenarios that can be rehearsed',
  examples: [{ command: 'tao dev scenario list', note: 'what happens in each' }],
  fields: [
    { name: 'scenarios[].name', type: 'string', summary: 'Name for tao dev scenario run' },
    { name: 'scenarios[].summary', type: 'string', summary: 'What happens' },
    { name: 'scenarios[].expect', type: 'string', summary: 'What a delegator should observe' },
    { name: 'scenarios[].epochs', type: 'integer', unit: '360 blocks', summary: 'How long' },
    { name: 'scenarios[].observations', type: 'integer', summary: 'Statements it checks' },
  ],
  effect: 'reads',
  schema: 'dev.scenario.list/1',
  load: async () => (await import('./scenario-list.ts')).devScenarioList,
};

const scenarioRunSpec: CommandSpec = {
  path: ['dev', 'scenario', 'run'],
  summary: 'Rehearse a scenario on a chain of its own, and check what a delegator observes',
  description: [
    "It runs on a fresh chain in memory; the embedded chain's folder is not touched. The same seed gives the same figures on every machine.",
    'Figures are means over the phases of the scenario. Rates are millionths of the stake per epoch. Exit code 1 when an observation fails.',
  ],
  examples: [
    {
      command: 'tao dev scenario run subnet-dissolved',
      note: 'what arrives when a subnet goes',
    },
    {
      command: 'tao dev scenario run take-rise --seed 2 --json',
      note: 'other people, and every epoch for a script',
    },
  ],
  arguments: [{ name: 'name', summary: 'Scenario', required: true, choices: [...SCENARIO_NAMES] }],
  options: [
    {
      name: 'seed',
      value: 'N',
      summary: 'Draws other validators, miners and delegators',
      defaultText: DEFAULT_SCENARIO_SEED.toString(),
    },
  ],
  fields: [
    { name: 'scenario', type: 'string', summary: 'Its name' },
    { name: 'seed', type: 'integer', summary: 'Seed it ran with' },
    { name: 'preset', type: 'string', summary: 'Genesis it started from' },
    { name: 'blocks', type: 'integer', summary: 'Blocks made' },
    { name: 'passed', type: 'boolean', summary: 'Whether every observation held' },
    { name: 'happened[].block', type: 'integer', summary: 'Block of an action' },
    { name: 'happened[].text', type: 'string', summary: 'What was done' },
    {
      name: 'phases[]',
      type: 'object',
      summary: 'name, and the epochs from and to, both included, counted from 1',
    },
    { name: 'figures[].name', type: 'string', summary: 'What was measured' },
    { name: 'figures[].unit', type: 'string', summary: 'Its unit; empty for a fraction of one' },
    { name: 'figures[].means', type: 'list', summary: 'Mean per phase, as decimal strings' },
    { name: 'observations[].text', type: 'string', summary: 'What should be observed' },
    { name: 'observations[].left', type: 'string', summary: 'What was measured' },
    { name: 'observations[].is', type: 'string', summary: 'below, above or about' },
    { name: 'observations[].right', type: 'string', summary: 'What it is held against' },
    { name: 'observations[].passed', type: 'boolean', summary: 'Whether it held' },
    {
      name: 'epochs[]',
      type: 'object',
      summary: 'epoch, block, and all figures of that epoch as decimal strings by name',
    },
  ],
  effect: 'reads',
  schema: 'dev.scenario.run/1',
  load: async () => (await import('./scenario-run.ts')).devScenarioRun,
};

export const devScenarioSpecs: readonly CommandSpec[] = [scenarioListSpec, scenarioRunSpec];
