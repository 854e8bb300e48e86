/** Spec of `tao delegate take set`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';

export const delegateTakeSetSpec: CommandSpec = {
  path: ['delegate', 'take', 'set'],
  summary: 'Set the take of a hotkey you own',
  description: [
    'The take is the part of dividends a validator keeps. It can be lowered at any time; after every change a raise has to wait.',
  ],
  examples: [
    {
      command: `tao delegate take set 5 ${devExamples.validator} --network dev --wallet ${devExamples.validatorOwner} --dry-run`,
      note: 'see the plan; nothing is signed',
    },
  ],
  arguments: [
    { name: 'percent', summary: 'The new take, at most two decimals', required: true },
    { name: 'hotkey', summary: 'The hotkey, or wallet/hotkey of your own', required: true },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'hotkey', type: 'string', summary: 'The validator' },
    { name: 'takeU16', type: 'integer', summary: 'The new take in parts of 65535' },
    { name: 'takePercent', type: 'string', unit: '%', summary: 'The same in percent' },
    { name: 'isRepeat', type: 'boolean', summary: 'The request id was known: first result' },
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'delegate.take.set/1',
  load: async () => (await import('./take-set.ts')).delegateTakeSet,
};
