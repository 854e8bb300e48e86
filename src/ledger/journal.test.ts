import { describe, expect, test } from 'vitest';
import { TaoError } from '../errors/tao-error.ts';
import {
  blockHash,
  createTestClock,
  flowOf,
  intentOf,
  openTestLedger,
  outcomeOf,
  START_MS,
  signedOf,
  temporaryFolder,
} from './testing.ts';
import type { Journal } from './types.ts';

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof TaoError) return error.code;
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing thrown';
}

function settle(journal: Journal, id: string): void {
  journal.begin(intentOf(id));
  journal.recordSigned(id, signedOf(id));
  journal.recordBroadcast(id);
  journal.recordOutcome(id, outcomeOf({ finalized: true }));
}

describe('the life of a transaction', () => {
  test('is told step by step and survives reopening', async () => {
    const folder = temporaryFolder();
    const clock = createTestClock();
    const first = await openTestLedger({ folder, clock });
    first.journal.begin(intentOf('tx-one', { requestId: 'ci-1' }));
    first.journal.recordSigned('tx-one', signedOf('one'));
    clock.set(START_MS + 5);
    first.journal.recordBroadcast('tx-one');
    const outcome = outcomeOf({ events: [{ name: 'StakeAdded' }], flows: [flowOf()] });
    const settled = first.journal.recordOutcome('tx-one', outcome);
    first.close();

    const again = (await openTestLedger({ folder })).journal.find('tx-one');
    expect(again).toEqual(settled);
    expect(again).toEqual({
      ...intentOf('tx-one', { requestId: 'ci-1' }),
      state: 'succeeded',
      signed: signedOf('one'),
      outcome,
      steps: [
        { kind: 'planned', atMs: START_MS },
        { kind: 'signed', atMs: START_MS + 1 },
        { kind: 'broadcast', atMs: START_MS + 5 },
        { kind: 'succeeded', atMs: START_MS + 12_000 },
      ],
    });
  });

  test('keeps undefined fields undefined through storage', async () => {
    const folder = temporaryFolder();
    const first = await openTestLedger({ folder });
    first.journal.begin(intentOf('tx-one'));
    first.journal.recordSigned('tx-one', signedOf('one', { expiresAtBlock: undefined }));
    first.journal.recordOutcome('tx-one', outcomeOf({ state: 'refused', failure: 'Stale' }));
    first.close();
    const record = (await openTestLedger({ folder })).journal.find('tx-one');
    expect(record.requestId).toBeUndefined();
    expect(record.signed).toEqual(signedOf('one', { expiresAtBlock: undefined }));
    expect(record.outcome).toEqual(outcomeOf({ state: 'refused', failure: 'Stale' }));
  });

  test('keeps what it moves and that it is held, and no intent is told apart by them', async () => {
    const folder = temporaryFolder();
    const first = await openTestLedger({ folder });
    const marked = { ...intentOf('tx-one', { requestId: 'ci-1' }), movesRao: 5n, isHeld: true };
    expect(first.journal.begin(marked).record).toMatchObject({ movesRao: 5n, isHeld: true });
    first.close();
    const { journal } = await openTestLedger({ folder });
    expect(journal.find('tx-one')).toMatchObject({ movesRao: 5n, isHeld: true });
    const again = { ...intentOf('tx-two', { requestId: 'ci-1' }), movesRao: 6n };
    expect(journal.begin(again)).toMatchObject({ isRepeat: true, record: { movesRao: 5n } });
    expect(journal.begin(intentOf('tx-six')).record).not.toHaveProperty('movesRao');
  });

  test('are listed from a moment on', async () => {
    const { journal } = await openTestLedger();
    for (const [index, id] of ['tx-one', 'tx-two', 'tx-six'].entries()) {
      journal.begin({ ...intentOf(id), createdAtMs: START_MS + index });
    }
    const idsSince = (createdSinceMs: number) =>
      journal.list({ limit: 10, createdSinceMs }).map((record) => record.id);
    expect(idsSince(START_MS + 1)).toEqual(['tx-six', 'tx-two']);
    expect(idsSince(START_MS + 3)).toEqual([]);
    expect(journal.list({ limit: 10 })).toHaveLength(3);
  });

  test('repeats of what is known add no step', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordOutcome('tx-one', outcomeOf());
    journal.recordOutcome('tx-one', outcomeOf());
    expect(journal.recordBroadcast('tx-one').steps.map((step) => step.kind)).toEqual([
      'planned',
      'signed',
      'succeeded',
    ]);
  });

  test('a block that becomes final, or another block after a reorganisation, is a new step', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordOutcome('tx-one', outcomeOf());
    const moved = outcomeOf({ blockNumber: 1_002, blockHash: blockHash(1_002, 1) });
    journal.recordOutcome('tx-one', moved);
    const final = journal.recordOutcome('tx-one', { ...moved, finalized: true });
    expect(final.outcome).toEqual({ ...moved, finalized: true });
    expect(final.steps).toHaveLength(5);
  });
});

describe('impossible steps are defects', () => {
  test.each([
    [
      'an outcome before anything is signed',
      (j: Journal) => j.recordOutcome('tx-one', outcomeOf()),
    ],
    ['a broadcast before anything is signed', (j: Journal) => j.recordBroadcast('tx-one')],
    [
      'a second signature over other bytes',
      (j: Journal) => {
        j.recordSigned('tx-one', signedOf('one'));
        j.recordSigned('tx-one', signedOf('two'));
      },
    ],
    [
      'giving up once bytes exist',
      (j: Journal) => {
        j.recordSigned('tx-one', signedOf('one'));
        j.recordOutcome('tx-one', outcomeOf({ state: 'abandoned' }));
      },
    ],
    [
      'success in no block',
      (j: Journal) => {
        j.recordSigned('tx-one', signedOf('one'));
        j.recordOutcome('tx-one', outcomeOf({ blockHash: undefined }));
      },
    ],
    [
      'stake that flowed in an expired transaction',
      (j: Journal) => {
        j.recordSigned('tx-one', signedOf('one'));
        j.recordOutcome('tx-one', outcomeOf({ state: 'expired', flows: [flowOf()] }));
      },
    ],
    [
      'another end after a final one',
      (j: Journal) => {
        j.recordSigned('tx-one', signedOf('one'));
        j.recordOutcome('tx-one', outcomeOf({ finalized: true }));
        j.recordOutcome('tx-one', outcomeOf({ state: 'expired' }));
      },
    ],
  ])('%s', async (_name, body) => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    expect(codeOf(() => body(journal))).toMatch(/^Journal: the \w+ transaction tx-one cannot be /);
  });

  test('a second plan under one id leaves the first alone', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    expect(() => journal.begin(intentOf('tx-one', { summary: 'another' }))).toThrow(
      'there is a transaction tx-one already',
    );
    expect(journal.find('tx-one').summary).toBe(intentOf('tx-one').summary);
  });

  test('the refused step is not stored', async () => {
    const ledger = await openTestLedger();
    ledger.journal.begin(intentOf('tx-one'));
    codeOf(() => ledger.journal.recordOutcome('tx-one', outcomeOf()));
    expect(ledger.journal.find('tx-one').state).toBe('planned');
    expect(ledger.verify().steps).toBe(1);
  });
});

describe('corrections', () => {
  test('what is seen in a block corrects a conclusion that it expired', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordOutcome('tx-one', outcomeOf({ state: 'expired' }));
    const record = journal.recordOutcome('tx-one', outcomeOf({ finalized: true }));
    expect(record.state).toBe('succeeded');
  });

  test('refused after expired changes nothing: both mean never', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordOutcome('tx-one', outcomeOf({ state: 'expired' }));
    expect(journal.recordOutcome('tx-one', outcomeOf({ state: 'refused' })).state).toBe('expired');
  });

  test('a block that was not final can be lost to an expired era', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    journal.recordOutcome('tx-one', outcomeOf());
    expect(journal.recordOutcome('tx-one', outcomeOf({ state: 'expired' })).state).toBe('expired');
  });
});

test('a carrier is found by what it carries, among what came later', async () => {
  const { journal } = await openTestLedger();
  journal.begin(intentOf('tx-one', { intent: { carries: 'tx-two' } }));
  journal.begin(intentOf('tx-two'));
  journal.begin(intentOf('tx-other', { intent: { carries: 'tx-one' } }));
  journal.begin(intentOf('tx-three', { intent: { carries: 'tx-two' } }));
  expect(journal.findCarrier('tx-two')?.id).toBe('tx-three');
  expect(journal.findCarrier('tx-one')?.id).toBe('tx-other');
  expect(journal.findCarrier('tx-three')).toBeUndefined();
  expect(journal.findCarrier('nobody')).toBeUndefined();
});

describe('request ids', () => {
  test('the same request is a repeat, whatever the order of its keys', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one', { requestId: 'ci-1', intent: { a: 1, b: { c: 2, d: 3 } } }));
    const again = intentOf('tx-two', { requestId: 'ci-1', intent: { b: { d: 3, c: 2 }, a: 1 } });
    expect(journal.begin(again)).toMatchObject({ isRepeat: true, record: { id: 'tx-one' } });
    expect(journal.findByRequestId('ci-1')?.id).toBe('tx-one');
    expect(journal.list({ limit: 10 })).toHaveLength(1);
  });

  test.each([
    ['intent', { intent: { amountRao: '1' } }],
    ['command', { command: 'unstake.amount' }],
    ['address', { address: 'someone else' }],
  ])('another %s under the same id is refused', async (_what, change) => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one', { requestId: 'ci-1' }));
    const other = intentOf('tx-two', { requestId: 'ci-1', ...change });
    expect(codeOf(() => journal.begin(other))).toBe('REQUEST_ID_REUSED');
    expect(journal.list({ limit: 10 }).map((record) => record.id)).toEqual(['tx-one']);
  });

  test('a request given up before signing frees its id', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one', { requestId: 'ci-1' }));
    journal.recordOutcome('tx-one', outcomeOf({ state: 'abandoned' }));
    expect(journal.findByRequestId('ci-1')).toBeUndefined();
    const next = journal.begin(intentOf('tx-two', { requestId: 'ci-1' }));
    expect(next).toMatchObject({ isRepeat: false, record: { id: 'tx-two' } });
    expect(journal.find('tx-one').requestId).toBe('ci-1');
  });
});

describe('finding', () => {
  test('by id, by hash in any case, and by a unique start of either', async () => {
    const { journal } = await openTestLedger();
    settle(journal, 'abcdefgh-1');
    settle(journal, 'abcdefgh-2');
    const { hash } = signedOf('abcdefgh-2');
    expect(journal.find('abcdefgh-1').id).toBe('abcdefgh-1');
    expect(journal.find(hash.toUpperCase().replace('0X', '0x')).id).toBe('abcdefgh-2');
    expect(journal.find(hash.slice(0, 22)).id).toBe('abcdefgh-2');
    expect(codeOf(() => journal.find('abcdefgh'))).toBe('TX_AMBIGUOUS');
    expect(codeOf(() => journal.find('abcdefgh-3'))).toBe('TX_NOT_FOUND');
  });

  test('a start of fewer than eight characters finds nothing, a whole short id does', async () => {
    const { journal } = await openTestLedger();
    settle(journal, 'short');
    expect(journal.find('short').id).toBe('short');
    expect(codeOf(() => journal.find('shor'))).toBe('TX_NOT_FOUND');
    expect(codeOf(() => journal.find('%%%%%%%%'))).toBe('TX_NOT_FOUND');
  });

  test('the same bytes cannot stand for two records', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.begin(intentOf('tx-two'));
    journal.recordSigned('tx-one', signedOf('same'));
    expect(codeOf(() => journal.recordSigned('tx-two', signedOf('same')))).toBe('TX_DUPLICATE');
    expect(journal.find('tx-two').state).toBe('planned');
  });

  test('a record that another run gave up before it was signed takes no bytes', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one'));
    journal.recordOutcome('tx-one', outcomeOf({ state: 'abandoned' }));
    expect(codeOf(() => journal.recordSigned('tx-one', signedOf('one')))).toBe('TX_DUPLICATE');
    expect(journal.find('tx-one').signed).toBeUndefined();
  });
});

describe('listing', () => {
  test('newest first by order of recording, even when the clock went back', async () => {
    const { journal } = await openTestLedger();
    journal.begin(intentOf('tx-one', { createdAtMs: START_MS }));
    journal.begin(intentOf('tx-two', { createdAtMs: START_MS - 3_600_000 }));
    expect(journal.list({ limit: 10 }).map((record) => record.id)).toEqual(['tx-two', 'tx-one']);
    expect(journal.list({ limit: 1 }).map((record) => record.id)).toEqual(['tx-two']);
    expect(journal.list({ limit: -1 })).toEqual([]);
  });

  test('unsettled ones are those without an outcome', async () => {
    const { journal } = await openTestLedger();
    settle(journal, 'settled-1');
    journal.begin(intentOf('planned-1'));
    journal.begin(intentOf('signed-1'));
    journal.recordSigned('signed-1', signedOf('signed-1'));
    journal.begin(intentOf('sent-1'));
    journal.recordSigned('sent-1', signedOf('sent-1'));
    journal.recordBroadcast('sent-1');
    const unsettled = journal.list({ limit: 10, unsettledOnly: true });
    expect(unsettled.map((record) => record.id)).toEqual(['sent-1', 'signed-1', 'planned-1']);
  });

  test('a clock set back between steps changes neither order nor state', async () => {
    const clock = createTestClock();
    const { journal } = await openTestLedger({ clock });
    journal.begin(intentOf('tx-one'));
    journal.recordSigned('tx-one', signedOf('one'));
    clock.set(START_MS - 86_400_000);
    const record = journal.recordBroadcast('tx-one');
    expect(record.state).toBe('broadcast');
    expect(record.steps.map((step) => step.kind)).toEqual(['planned', 'signed', 'broadcast']);
  });
});
