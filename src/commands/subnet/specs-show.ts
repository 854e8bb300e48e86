/** Specs of `tao subnet show` and `tao subnet price`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec } from '../../cli/spec.ts';

const block: FieldSpec = {
  name: 'block',
  type: 'object',
  summary: 'Block all figures belong to: number and hash',
};

export const subnetShowSpec: CommandSpec = {
  path: ['subnet', 'show'],
  summary: 'Show one subnet: pool, emission, epoch, owner',
  description: [
    "Emission is the subnet's share of the TAO that the last block gave to all subnets, whether injected into the pool or spent on buying its token.",
  ],
  examples: [
    { command: 'tao subnet show 8 --network dev', note: 'a subnet of the embedded chain' },
    { command: 'tao subnet show 8 --network dev --json', note: 'exact to the rao, for a script' },
  ],
  arguments: [{ name: 'netuid', summary: 'Subnet; 0 is root', required: true }],
  groups: ['network'],
  fields: [
    block,
    { name: 'netuid', type: 'integer', summary: 'Subnet; 0 is root' },
    { name: 'name', type: 'string', summary: 'Name from the chain' },
    { name: 'symbol', type: 'string', summary: "Symbol of the subnet's token" },
    { name: 'ownerColdkey', type: 'string', summary: 'Coldkey of the owner' },
    { name: 'ownerHotkey', type: 'string', summary: 'Hotkey of the owner' },
    { name: 'registeredAtBlock', type: 'integer', summary: 'Block it was registered in' },
    { name: 'price', type: 'tao', unit: 'TAO per alpha', summary: 'Spot price' },
    { name: 'emaPrice', type: 'tao', unit: 'TAO per alpha', summary: 'Its moving average' },
    { name: 'taoReserve', type: 'tao', summary: 'TAO in the pool; on root all root stake' },
    { name: 'alphaReserve', type: 'alpha', summary: 'Alpha in the pool' },
    { name: 'alphaOutstanding', type: 'alpha', summary: 'Alpha outside the pool' },
    { name: 'volume', type: 'tao', summary: 'TAO traded since the beginning' },
    { name: 'poolFeePercent', type: 'string', unit: '%', summary: 'Fee of a trade' },
    { name: 'taoWeightPercent', type: 'string', unit: '%', summary: "Weight of the pool's TAO" },
    {
      name: 'emission',
      type: 'object',
      summary: 'Of the last block: sharePercent, tao, alphaToPool, alphaToPeople',
    },
    { name: 'rootSharePercent', type: 'string', unit: '%', summary: "Root's part of dividends" },
    { name: 'tempo', type: 'integer', unit: 'blocks', summary: 'Blocks per epoch' },
    {
      name: 'blocksSinceEpoch',
      type: 'integer',
      unit: 'blocks',
      summary: 'Blocks since the last epoch',
    },
    { name: 'nextEpochBlock', type: 'integer', summary: 'Block at which the next one is due' },
    { name: 'blocksToEpoch', type: 'integer', unit: 'blocks', summary: 'Blocks until then' },
    {
      name: 'pending',
      type: 'object',
      summary: 'Alpha waiting for the epoch: miners, validators, root, owner',
    },
    { name: 'neurons', type: 'integer', summary: 'Registered hotkeys' },
    { name: 'maxNeurons', type: 'integer', summary: 'Seats' },
    { name: 'maxValidators', type: 'integer', summary: 'Seats with a permit' },
    { name: 'registrationCost', type: 'tao', summary: 'Price of a registration' },
    { name: 'isTokenEnabled', type: 'boolean', summary: 'Whether it can be staked on' },
    { name: 'isEmissionEnabled', type: 'boolean', summary: 'Whether it gets emission' },
    { name: 'isRegistrationAllowed', type: 'boolean', summary: 'Whether it takes hotkeys' },
    { name: 'isTransferAllowed', type: 'boolean', summary: 'Whether stake can change owner' },
  ],
  effect: 'reads',
  schema: 'subnet.show/1',
  load: async () => (await import('./show.ts')).subnetShow,
};

export const subnetPriceSpec: CommandSpec = {
  path: ['subnet', 'price'],
  summary: 'Show prices, and how they moved as far as was recorded here',
  description: [
    'Changes and the line are from prices that this tool has recorded in the local ledger, not from a service.',
  ],
  examples: [
    { command: 'tao subnet price --network dev', note: 'every subnet' },
    { command: 'tao subnet price 4 8 --network dev --json', note: 'two of them, for a script' },
  ],
  arguments: [
    { name: 'netuids', summary: 'Subnets; all when left out', required: false, variadic: true },
  ],
  groups: ['network'],
  fields: [
    block,
    { name: 'prices[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'prices[].name', type: 'string', summary: 'Name from the chain' },
    { name: 'prices[].price', type: 'tao', unit: 'TAO per alpha', summary: 'Spot price' },
    { name: 'prices[].emaPrice', type: 'tao', unit: 'TAO per alpha', summary: 'Moving average' },
    {
      name: 'prices[].changePercent',
      type: 'object',
      unit: '%',
      summary: 'Against recorded prices: day, week, month; null where nothing so old is known',
    },
    { name: 'prices[].samples', type: 'integer', summary: 'Recorded prices, this one included' },
    { name: 'prices[].firstSampleAt', type: 'string', summary: 'Time of the oldest, or null' },
  ],
  effect: 'reads',
  schema: 'subnet.price/1',
  load: async () => (await import('./price.ts')).subnetPrice,
};
