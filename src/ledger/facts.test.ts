import { describe, expect, test } from 'vitest';
import { isTaoError, type TaoError } from '../errors/tao-error.ts';
import {
  ALICE,
  BOB,
  blockHash,
  flowOf,
  intentOf,
  OTHER_VALIDATOR,
  observationOf,
  openTestLedger,
  outcomeOf,
  poolOf,
  START_MS,
  signedOf,
  VALIDATOR,
} from './testing.ts';
import type { Ledger, Observation, RecordedOutcome } from './types.ts';

const stake = (alphaRao: bigint, coldkey = ALICE): Observation['positions'][number] => ({
  coldkey,
  hotkey: VALIDATOR,
  netuid: 8,
  alphaRao,
});

function errorOf(body: () => unknown): TaoError {
  try {
    body();
  } catch (error) {
    if (isTaoError(error)) return error;
    throw error;
  }
  throw new Error('nothing thrown');
}

function journalled(ledger: Ledger, id: string, outcome: Partial<RecordedOutcome>): void {
  ledger.journal.begin(intentOf(id));
  ledger.journal.recordSigned(id, signedOf(id));
  ledger.journal.recordOutcome(id, outcomeOf(outcome));
}

describe('observations', () => {
  test('are read back whole, oldest block first, for the coldkeys that are asked for', async () => {
    const { facts } = await openTestLedger();
    const claim = { ...stake(3n), netuid: 9 };
    facts.append(
      observationOf(1_010, { pools: [poolOf(8, 50_000_000n)], positions: [stake(12n)] }),
    );
    facts.append(
      observationOf(1_000, {
        pools: [poolOf(8, 49_000_000n), poolOf(9, 1n), poolOf(10, 2n)],
        positions: [stake(10n), stake(99n, BOB)],
        claimable: [claim],
        completeFor: [ALICE],
      }),
    );
    const early = { number: 1_000, hash: blockHash(1_000), timeMs: START_MS };
    const late = { number: 1_010, hash: blockHash(1_010), timeMs: START_MS + 120_000 };
    expect(facts.read([ALICE, ALICE])).toEqual({
      pools: [
        { ...poolOf(8, 49_000_000n), block: early },
        { ...poolOf(9, 1n), block: early },
        { ...poolOf(8, 50_000_000n), block: late },
      ],
      positions: [
        { ...stake(10n), block: early },
        { ...stake(12n), block: late },
      ],
      claimable: [{ ...claim, block: early }],
      flows: [],
      complete: [{ coldkey: ALICE, block: early }],
      conflicts: [],
    });
    expect(facts.read(['nobody']).positions).toEqual([]);
  });

  test('keep the largest amounts of the chain exactly', async () => {
    const { facts } = await openTestLedger();
    const most = 2n ** 64n - 1n;
    facts.append(observationOf(1_000, { pools: [poolOf(8, most)], positions: [stake(most)] }));
    const known = facts.read([ALICE]);
    expect(known.positions[0]?.alphaRao).toBe(most);
    expect(known.pools[0]?.priceRaoPerAlpha).toBe(most);
  });

  test('said twice are known once, whoever says it', async () => {
    const ledger = await openTestLedger();
    const observation = observationOf(1_000, { pools: [poolOf(8, 5n)], positions: [stake(10n)] });
    ledger.facts.append(observation);
    ledger.facts.append(observation);
    ledger.facts.append({ ...observation, source: 'archive' });
    expect(ledger.verify()).toEqual({ steps: 0, facts: 2 });
    expect(ledger.facts.conflicts()).toEqual([]);
  });

  test.each([
    ['a negative amount', observationOf(1_000, { positions: [stake(-1n)] })],
    ['more than the chain can hold', observationOf(1_000, { positions: [stake(2n ** 64n)] })],
    ['a negative price', observationOf(1_000, { pools: [poolOf(8, -1n)] })],
    ['half a block', observationOf(1_000.5)],
    ['no hash', { ...observationOf(1_000), block: { number: 1, hash: '', timeMs: 0 } }],
    [
      'a flow out of scope',
      observationOf(1_000, { blockFlows: { coldkeys: [BOB], flows: [flowOf()] } }),
    ],
  ])('that the chain cannot have made are defects: %s', async (_name, observation) => {
    const ledger = await openTestLedger();
    expect(() => ledger.facts.append(observation)).toThrow(TypeError);
    expect(ledger.verify().facts).toBe(0);
  });
});

describe('contradictions', () => {
  test('are recorded, refused, and change nothing that is known', async () => {
    const { facts } = await openTestLedger();
    facts.append(observationOf(1_000, { positions: [stake(10n)] }));
    const second = observationOf(1_000, {
      source: 'archive',
      positions: [stake(11n)],
      pools: [poolOf(8, 5n)],
    });
    const error = errorOf(() => facts.append(second));
    expect(error).toMatchObject({ code: 'LEDGER_CONFLICT', exitCode: 9 });
    expect(error.data).toEqual({
      blockNumber: 1_000,
      blockHash: blockHash(1_000),
      fact: `stake of ${ALICE} on ${VALIDATOR}, subnet 8`,
      known: '10',
      offered: '11',
    });
    const known = facts.read([ALICE]);
    expect(known.positions.map((sample) => sample.alphaRao)).toEqual([10n]);
    expect(known.pools).toHaveLength(1);
    expect(known.conflicts).toEqual([
      {
        blockHash: blockHash(1_000),
        source: 'archive',
        fact: `stake of ${ALICE} on ${VALIDATOR}, subnet 8`,
        known: '10',
        offered: '11',
        atMs: START_MS,
      },
    ]);
  });

  test('repeated are refused again and recorded once', async () => {
    const { facts } = await openTestLedger();
    facts.append(observationOf(1_000, { positions: [stake(10n)] }));
    const second = observationOf(1_000, { positions: [stake(11n)] });
    errorOf(() => facts.append(second));
    expect(errorOf(() => facts.append(second)).code).toBe('LEDGER_CONFLICT');
    expect(facts.conflicts()).toHaveLength(1);
  });

  test('about the block itself, its pools and its flows count too', async () => {
    const { facts } = await openTestLedger();
    const scope = { coldkeys: [ALICE], flows: [flowOf()] };
    facts.append(observationOf(1_000, { pools: [poolOf(8, 5n)], blockFlows: scope }));
    const shifted = observationOf(1_000, {
      block: { number: 1_000, hash: blockHash(1_000), timeMs: START_MS + 1 },
      pools: [poolOf(8, 6n)],
      blockFlows: { coldkeys: [ALICE], flows: [flowOf({ taoRao: 1n })] },
    });
    expect(errorOf(() => facts.append(shifted)).message).toContain('3 of its facts differ');
    expect(facts.conflicts().map((conflict) => conflict.fact)).toEqual([
      'number and time of the block',
      'pool of subnet 8',
      `stake flows of ${ALICE}`,
    ]);
  });
});

describe('reorganisations', () => {
  test('the same number under another hash is another fact, and the later one stands', async () => {
    const { facts } = await openTestLedger();
    facts.append(observationOf(1_000, { positions: [stake(10n)] }));
    const fork = { number: 1_000, hash: blockHash(1_000, 1), timeMs: START_MS };
    facts.append(observationOf(1_000, { block: fork, positions: [stake(11n)] }));
    expect(facts.read([ALICE]).positions).toEqual([{ ...stake(11n), block: fork }]);
    expect(facts.conflicts()).toEqual([]);
  });

  test('a rejected block takes its facts and flows with it, and the other one stands', async () => {
    const ledger = await openTestLedger();
    const fork = { number: 1_001, hash: blockHash(1_001, 1), timeMs: START_MS };
    ledger.facts.append(observationOf(1_001, { positions: [stake(10n)], completeFor: [ALICE] }));
    ledger.facts.append(observationOf(1_001, { block: fork, positions: [stake(11n)] }));
    journalled(ledger, 'tx-one', { blockHash: fork.hash, flows: [flowOf()] });
    expect(ledger.facts.read([ALICE]).flows).toHaveLength(1);
    ledger.facts.reject(fork.hash, 'not in the finalized chain');
    ledger.facts.reject(fork.hash, 'said again');
    const known = ledger.facts.read([ALICE]);
    expect(known.positions.map((sample) => sample.alphaRao)).toEqual([10n]);
    expect(known.complete).toHaveLength(1);
    expect(known.flows).toEqual([]);
  });
});

describe('flows', () => {
  test('of an outcome become facts with it', async () => {
    const ledger = await openTestLedger();
    const flows = [flowOf(), flowOf({ hotkey: OTHER_VALIDATOR, direction: 'out', taoRao: 0n })];
    journalled(ledger, 'tx-one', { flows, blockTimeMs: undefined });
    const block = { number: 1_001, hash: blockHash(1_001), timeMs: undefined };
    expect(ledger.facts.read([ALICE]).flows).toEqual(flows.map((flow) => ({ ...flow, block })));
    journalled(ledger, 'tx-two', { flows: [flowOf()], blockNumber: 1_002, blockTimeMs: START_MS });
    const dated = { number: 1_002, hash: blockHash(1_001), timeMs: START_MS };
    expect(ledger.facts.read([ALICE]).flows.at(-1)?.block).toEqual(dated);
  });

  test('of an outcome that was corrected are those of the last one', async () => {
    const ledger = await openTestLedger();
    journalled(ledger, 'tx-one', { flows: [flowOf({ alphaRao: 1n })] });
    const moved = { blockNumber: 1_003, blockHash: blockHash(1_003), finalized: true };
    ledger.journal.recordOutcome(
      'tx-one',
      outcomeOf({ ...moved, flows: [flowOf({ alphaRao: 2n })] }),
    );
    const [flow, ...others] = ledger.facts.read([ALICE]).flows;
    expect(flow).toMatchObject({ alphaRao: 2n, block: { number: 1_003 } });
    expect(others).toEqual([]);
  });

  test('read from the events of a block take the place of own ones there, not elsewhere', async () => {
    const ledger = await openTestLedger();
    journalled(ledger, 'tx-one', { flows: [flowOf({ alphaRao: 1n })] });
    const elsewhere = { blockNumber: 1_002, blockHash: blockHash(1_002) };
    journalled(ledger, 'tx-two', { ...elsewhere, flows: [flowOf({ alphaRao: 2n })] });
    const blockFlows = {
      coldkeys: [ALICE],
      flows: [flowOf({ alphaRao: 1n }), flowOf({ alphaRao: 7n })],
    };
    ledger.facts.append(observationOf(1_001, { source: 'archive', blockFlows }));
    ledger.facts.append(observationOf(1_001, { source: 'archive', blockFlows }));
    const amounts = ledger.facts.read([ALICE]).flows.map((flow) => flow.alphaRao);
    expect(amounts).toEqual([1n, 7n, 2n]);
  });

  test('an outcome whose flows cannot be is not recorded at all', async () => {
    const ledger = await openTestLedger();
    expect(() => journalled(ledger, 'tx-one', { flows: [flowOf({ alphaRao: -1n })] })).toThrow(
      'Not an amount in rao: -1',
    );
    expect(ledger.journal.find('tx-one').state).toBe('signed');
  });
});
