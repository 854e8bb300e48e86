import { describe, expect, it } from 'vitest';
import type { TxRecord } from '../ledger/types.ts';
import {
  failedItemsText,
  isPartlyDone,
  itemOutcomes,
  itemRows,
  itemsData,
} from './batch-outcome.ts';

const OWN = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const HOTKEY = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const event = (pallet: string, name: string, fields = {}) => ({ pallet, name, fields });
const added = (netuid: number, taoRao: string, alphaRao: string) =>
  event('SubtensorModule', 'StakeAdded', {
    0: OWN,
    1: HOTKEY,
    2: taoRao,
    3: alphaRao,
    4: netuid,
    5: '1',
  });
const done = event('Utility', 'ItemCompleted');
const failed = event('Utility', 'ItemFailed', {
  error: { type: 'Module', value: { type: 'SubtensorModule', value: { type: 'SlippageTooHigh' } } },
});

const record = (
  events: readonly unknown[] | undefined,
  state: 'succeeded' | 'failed' | 'expired' = 'succeeded',
): TxRecord => ({
  id: '1',
  requestId: undefined,
  command: 'stake.add',
  address: OWN,
  intent: {},
  summary: 'Stake',
  createdAtMs: 0,
  state: events === undefined ? 'broadcast' : state,
  signed: undefined,
  outcome:
    events === undefined
      ? undefined
      : {
          state,
          atMs: 0,
          blockNumber: 1,
          blockHash: '0x',
          blockTimeMs: 0,
          finalized: false,
          feeRao: 1n,
          failure: undefined,
          events,
          flows: [],
        },
  steps: [],
  items: ['First', 'Second'],
});

describe('the items of a batch', () => {
  it('have each the flows of their own events', () => {
    const items = itemOutcomes(record([added(8, '100', '7'), done, added(9, '50', '3'), done]));
    expect(items?.map(({ state, flows }) => [state, flows.map((flow) => flow.netuid)])).toEqual([
      ['done', [8]],
      ['done', [9]],
    ]);
    expect(failedItemsText(items ?? [])).toBeUndefined();
    expect(itemsData(items ?? [])[1]).toEqual({
      summary: 'Second',
      state: 'done',
      failure: null,
      flows: [
        {
          netuid: 9,
          hotkey: HOTKEY,
          direction: 'in',
          alpha: { rao: '3', alpha: '0.000000003', netuid: 9 },
          tao: { rao: '50', tao: '0.00000005' },
        },
      ],
    });
  });

  it('name the failure of the one that failed, and keep the others', () => {
    const events = [
      failed,
      added(9, '50', '3'),
      done,
      event('Utility', 'BatchCompletedWithErrors'),
    ];
    const items = itemOutcomes(record(events)) ?? [];
    expect(itemRows(items)).toEqual([
      ['Item 1', 'First: refused, SubtensorModule.SlippageTooHigh'],
      ['Item 2', 'Second: done, received 0.000000003 alpha'],
    ]);
    expect(failedItemsText(items)).toBe('1 of 2 items failed');
    expect(isPartlyDone(events)).toBe(true);
  });

  it('are all kept out of a block by the one that stopped the batch', () => {
    const failure = event('System', 'ExtrinsicFailed');
    for (const stopped of [record([failure], 'failed'), record([], 'expired')]) {
      expect(itemOutcomes(stopped)?.map(({ state }) => state)).toEqual(['kept-out', 'kept-out']);
    }
    expect(isPartlyDone([failure])).toBe(false);
  });

  it('keep what came before the one that interrupted a batch that stops', () => {
    const stop = { ...failed, name: 'BatchInterrupted' };
    const items = itemOutcomes(record([added(8, '100', '7'), done, stop], 'failed'));
    expect(items?.map(({ state }) => state)).toEqual(['done', 'failed']);
  });

  it('are open while nothing is known, and while a multisig waits for approvals', () => {
    for (const open of [record(undefined), record([event('Multisig', 'NewMultisig')])]) {
      expect(itemOutcomes(open)?.map(({ state }) => state)).toEqual(['open', 'open']);
    }
  });

  it('are none of a record that is no batch', () => {
    const { items: _, ...plain } = record([]);
    expect(itemOutcomes(plain)).toBeUndefined();
  });
});
