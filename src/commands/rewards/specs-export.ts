/** Spec of `tao rewards export`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

export const rewardsExportSpec: CommandSpec = {
  path: ['rewards', 'export'],
  summary: 'Export stake, unstake and rewards for tax tools',
  description: [
    'neutral has every event; koinly is its universal template, cointracking its CSV import. What changes no holding, such as moves and root stake, is in neutral only.',
    'Totals go to stderr; they equal those of tao rewards show with the same --method.',
    'Values in a currency come only from your own file: one line a UTC day, such as 2026-08-10,312.45. A day that is missing stays empty.',
    'An existing file is never overwritten.',
  ],
  examples: [
    {
      command: `tao rewards export ${devExamples.delegator} --network dev`,
      note: 'every event as CSV on stdout',
    },
    {
      command: `tao rewards export ${devExamples.delegator} --network dev --profile koinly --out koinly.csv`,
      note: 'a file that Koinly takes',
    },
    {
      command: `tao rewards export ${devExamples.delegator} --network dev --report disposals --method fifo`,
      note: 'lot by lot: what left, what it cost, what it brought',
    },
  ],
  arguments: [
    {
      name: 'account',
      summary: 'Wallet name or address; the default wallet when left out',
      required: false,
    },
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      summary: 'Form of the file',
      choices: ['csv', 'json'],
      defaultText: 'csv',
    },
    {
      name: 'profile',
      value: 'PROFILE',
      summary: 'Columns of the file',
      choices: ['neutral', 'koinly', 'cointracking'],
      defaultText: 'neutral',
    },
    {
      name: 'report',
      value: 'REPORT',
      summary: 'Every event, or each part of a lot that left',
      choices: ['events', 'disposals'],
      defaultText: 'events',
    },
    {
      name: 'method',
      value: 'METHOD',
      summary: 'Which lots leave first',
      choices: ['fifo', 'lifo', 'average'],
      defaultText: 'fifo',
    },
    {
      name: 'out',
      value: 'FILE',
      summary: 'Where to write it; - is stdout',
      defaultText: '-',
      complete: 'file',
    },
    {
      name: 'prices',
      value: 'FILE',
      summary: 'Prices of TAO: lines of a UTC day and a price',
      complete: 'file',
    },
    { name: 'currency', value: 'CODE', summary: 'Currency of --prices, such as EUR' },
  ],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'file', type: 'string', summary: 'Where it was written; null: it is in rows' },
    { name: 'format', type: 'string', summary: 'csv or json' },
    { name: 'profile', type: 'string', summary: 'Columns; null for the report of disposals' },
    { name: 'report', type: 'string', summary: 'events or disposals' },
    { name: 'columns', type: 'list', summary: 'Names of the columns' },
    {
      name: 'rows',
      type: 'list',
      summary: 'Rows in the order of the columns; null with --out FILE',
    },
    {
      name: 'totals',
      type: 'object',
      summary: 'Rows, earned, paid, returned, cost, proceeds and realised, in TAO',
    },
  ],
  effect: 'writes-local',
  schema: 'rewards.export/1',
  load: async () => (await import('./export.ts')).rewardsExport,
};
