/** Fields and options that the specs of `tao delegate …` share. Plain data. */
import type { FieldSpec, OptionSpec } from '../../cli/spec.ts';
import { DEFAULT_COMPARE_DAYS, MAX_COMPARE_DAYS } from './spec-limits.ts';

export const blockField: FieldSpec = {
  name: 'block',
  type: 'object',
  summary: 'Block all figures belong to: number and hash',
};

export const daysOption: OptionSpec = {
  name: 'days',
  value: 'DAYS',
  summary: `Days to look ahead, 1 to ${MAX_COMPARE_DAYS}`,
  defaultText: `${DEFAULT_COMPARE_DAYS}`,
};

export function yieldField(list: string): FieldSpec {
  return {
    name: `${list}.netYield`,
    type: 'object',
    summary:
      'What was last paid, after take: aprPercent, unit, windowBlocks, compounding, method; or null',
  };
}

export function validatorFields(list: string): readonly FieldSpec[] {
  return [
    { name: `${list}.hotkey`, type: 'string', summary: 'The address to stake with' },
    {
      name: `${list}.name`,
      type: 'string',
      summary: 'Name from the chain; empty when none is set',
    },
    { name: `${list}.owner`, type: 'string', summary: 'Coldkey that owns the hotkey' },
    {
      name: `${list}.takePercent`,
      type: 'string',
      unit: '%',
      summary: 'Share of dividends the validator keeps',
    },
    { name: `${list}.takeU16`, type: 'integer', summary: 'The same in parts of 65535, exact' },
    { name: `${list}.stake`, type: 'alpha', summary: 'Stake on the subnet, all coldkeys together' },
    { name: `${list}.ownStake`, type: 'alpha', summary: "The owner's part of that" },
    { name: `${list}.delegated`, type: 'alpha', summary: 'The rest: of all others' },
    { name: `${list}.uid`, type: 'integer', summary: 'Its uid on the subnet, or null' },
    { name: `${list}.hasPermit`, type: 'boolean', summary: 'Whether it may validate there' },
    {
      name: `${list}.trustPercent`,
      type: 'string',
      unit: '%',
      summary: 'Agreement of its weights with the consensus; null without a uid',
    },
    {
      name: `${list}.lastUpdateBlock`,
      type: 'integer',
      summary: 'Block of its newest weights; null without a uid',
    },
    yieldField(list),
  ];
}

export const reasonFields: readonly FieldSpec[] = [
  {
    name: 'validators[].reasons[].about',
    type: 'string',
    summary: 'trust, concentration, take, permit or own-stake',
  },
  { name: 'validators[].reasons[].isWarning', type: 'boolean', summary: 'Whether to be careful' },
  { name: 'validators[].reasons[].text', type: 'string', summary: 'The reason with its figure' },
];

export const estimateFields: readonly FieldSpec[] = [
  {
    name: 'validators[].estimate',
    type: 'object',
    summary:
      'An estimate: method, days, amount, alphaGain and taoGain with expected, low and high, breakEvenDays; or null',
  },
];
