/** Specs of `tao config …`: plain data, loads nothing else. */
import { SETTING_KEYS, SETTING_SUMMARIES } from '../../cli/setting-values.ts';
import type { ArgumentSpec, CommandSpec } from '../../cli/spec.ts';

const key: ArgumentSpec = {
  name: 'key',
  summary: `Preference: ${SETTING_KEYS.join(', ')}`,
  required: true,
  complete: 'setting',
};

export const configListSpec: CommandSpec = {
  path: ['config', 'list'],
  summary: 'List all preferences, their values and where those come from',
  description: [
    'A flag wins over the environment, the environment over the preferences file, and that over the default.',
    ...SETTING_KEYS.map((name) => `${name}: ${SETTING_SUMMARIES[name]}.`),
  ],
  examples: [
    { command: 'tao config list', note: 'see what applies here' },
    { command: 'tao config list --json', note: 'the same for a script' },
  ],
  fields: [
    { name: 'path', type: 'string', summary: 'The preferences file' },
    { name: 'settings[].key', type: 'string', summary: 'Name of the preference' },
    { name: 'settings[].value', type: 'string', summary: 'Value that applies' },
    {
      name: 'settings[].source',
      type: 'string',
      summary: 'flag, environment, config or default',
    },
    { name: 'settings[].environment', type: 'string', summary: 'Variable that would set it' },
  ],
  effect: 'reads',
  schema: 'config.list/1',
  load: async () => (await import('./list.ts')).configList,
};

export const configGetSpec: CommandSpec = {
  path: ['config', 'get'],
  summary: 'Print the value of one preference',
  examples: [{ command: 'tao config get network', note: 'the network that applies here' }],
  arguments: [key],
  fields: [
    { name: 'key', type: 'string', summary: 'Name of the preference' },
    { name: 'value', type: 'string', summary: 'Value that applies' },
    { name: 'source', type: 'string', summary: 'flag, environment, config or default' },
  ],
  effect: 'reads',
  schema: 'config.get/1',
  load: async () => (await import('./get.ts')).configGet,
};

export const configSetSpec: CommandSpec = {
  path: ['config', 'set'],
  summary: 'Store a preference',
  description: ['Preferences hold defaults for options, never a secret.'],
  examples: [
    { command: 'tao config set network dev', note: 'use the embedded chain from now on' },
    { command: 'tao config set tolerance 1', note: 'accept a price 1 % worse' },
  ],
  arguments: [key, { name: 'value', summary: 'Its new value', required: true }],
  fields: [
    { name: 'key', type: 'string', summary: 'Name of the preference' },
    { name: 'value', type: 'string', summary: 'Value that was stored' },
    { name: 'path', type: 'string', summary: 'The preferences file' },
  ],
  effect: 'writes-local',
  schema: 'config.set/1',
  load: async () => (await import('./set.ts')).configSet,
};

export const configUnsetSpec: CommandSpec = {
  path: ['config', 'unset'],
  summary: 'Remove a stored preference, so that the default applies again',
  examples: [{ command: 'tao config unset network', note: 'back to the default network' }],
  arguments: [key],
  fields: [
    { name: 'key', type: 'string', summary: 'Name of the preference' },
    { name: 'path', type: 'string', summary: 'The preferences file' },
  ],
  effect: 'writes-local',
  schema: 'config.unset/1',
  load: async () => (await import('./unset.ts')).configUnset,
};

export const configPathSpec: CommandSpec = {
  path: ['config', 'path'],
  summary: 'Print where the preferences file is',
  examples: [{ command: 'tao config path', note: 'the file, whether it exists or not' }],
  fields: [{ name: 'path', type: 'string', summary: 'The preferences file' }],
  effect: 'reads',
  schema: 'config.path/1',
  load: async () => (await import('./path.ts')).configPath,
};

export const configSpecs: readonly CommandSpec[] = [
  configListSpec,
  configGetSpec,
  configSetSpec,
  configUnsetSpec,
  configPathSpec,
];
