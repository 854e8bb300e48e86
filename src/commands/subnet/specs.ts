/** Specs of `tao subnet …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

export const subnetListSpec: CommandSpec = {
  path: ['subnet', 'list'],
  summary: 'List the subnets with their pools and prices',
  examples: [
    {
      command: 'tao subnet list --network dev',
      note: 'root and the subnets of the embedded chain',
    },
    {
      command: 'tao subnet list --network dev --json',
      note: 'the same for a script, exact to the rao',
    },
  ],
  groups: ['network'],
  fields: [
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'subnets[].netuid', type: 'integer', summary: 'Subnet; 0 is root' },
    { name: 'subnets[].name', type: 'string', summary: 'Name from the chain' },
    { name: 'subnets[].symbol', type: 'string', summary: "Symbol of the subnet's token" },
    { name: 'subnets[].price', type: 'tao', unit: 'TAO per alpha', summary: 'Spot price' },
    {
      name: 'subnets[].emaPrice',
      type: 'tao',
      unit: 'TAO per alpha',
      summary: 'Moving average of the price',
    },
    {
      name: 'subnets[].taoReserve',
      type: 'tao',
      summary: 'TAO in the pool; on root all root stake',
    },
    { name: 'subnets[].alphaReserve', type: 'alpha', summary: 'Alpha in the pool' },
    { name: 'subnets[].alphaOutstanding', type: 'alpha', summary: 'Alpha outside the pool' },
    { name: 'subnets[].volume', type: 'tao', summary: 'TAO traded since the beginning' },
    {
      name: 'subnets[].emissionSharePercent',
      type: 'string',
      unit: '%',
      summary: 'Its part of the TAO that the last block gave to all subnets',
    },
    { name: 'subnets[].tempo', type: 'integer', unit: 'blocks', summary: 'Blocks per epoch' },
    {
      name: 'subnets[].blocksSinceEpoch',
      type: 'integer',
      unit: 'blocks',
      summary: 'Blocks since the last epoch',
    },
  ],
  effect: 'reads',
  schema: 'subnet.list/1',
  load: async () => (await import('./list.ts')).subnetList,
};
