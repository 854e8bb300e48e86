/** Specs of `tao delegate take set` and `switch`: plain data, loads nothing else. */
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

export const delegateSwitchSpec: CommandSpec = {
  path: ['delegate', 'switch'],
  summary: 'Move everything you have with one validator to another',
  description: [
    'Every position moves within its subnet, so nothing is traded and there is no price. One transaction, all or nothing unless --best-effort.',
    'What is worth less than the chain moves stays, and is named.',
  ],
  examples: [
    {
      command: `tao delegate switch ${devExamples.validator} ${devExamples.otherValidator} --network dev --wallet //Delegator2 --dry-run`,
      note: 'what leaving one validator for another would move; nothing is signed',
    },
    {
      command: `tao delegate switch ${devExamples.validator} ${devExamples.otherValidator} --netuid 1,8 --best-effort --network dev --wallet //Delegator2 --dry-run --json`,
      note: 'on two subnets only, what can be moved; for a script',
    },
  ],
  arguments: [
    { name: 'from', summary: 'Hotkey of the validator to leave', required: true },
    { name: 'to', summary: 'Hotkey of the validator to go to', required: true },
  ],
  options: [
    { name: 'netuid', value: 'NETUIDS', summary: 'Only these subnets, separated by commas' },
    { name: 'best-effort', summary: 'Move what can be moved when the chain refuses some' },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'fromHotkey', type: 'string', summary: 'The validator that was left' },
    { name: 'toHotkey', type: 'string', summary: 'The validator that has the stake now' },
    { name: 'moved', type: 'integer', summary: 'Positions that arrived' },
    { name: 'isRepeat', type: 'boolean', summary: 'The request id was known: first result' },
    ...transactionFields,
    {
      name: 'parts',
      type: 'list',
      summary: 'All transactions, where one could not hold the batch; else null',
    },
  ],
  effect: 'moves-funds',
  schema: 'delegate.switch/1',
  load: async () => (await import('./switch.ts')).delegateSwitch,
};
