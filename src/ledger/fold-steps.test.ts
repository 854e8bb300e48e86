import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyStep, foldSteps, judgeStep, type TxStep } from './fold-steps.ts';
import { formatStep, parseStep, stepKind } from './step-text.ts';
import { blockHash, flowOf, intentOf, openTestLedger, outcomeOf, signedOf } from './testing.ts';
import type { Ledger, RecordedOutcome, TxRecord } from './types.ts';

const planned: TxStep = { kind: 'planned', atMs: 1, intent: intentOf('tx-one') };
const signed = (seed: string): TxStep => ({ kind: 'signed', atMs: 2, signed: signedOf(seed) });
const broadcast: TxStep = { kind: 'broadcast', atMs: 3 };
const settled = (changes: Partial<RecordedOutcome>): TxStep => ({
  kind: 'settled',
  atMs: 4,
  outcome: outcomeOf(changes),
});

const anyStep: fc.Arbitrary<TxStep> = fc.oneof(
  fc.constantFrom('a', 'b').map(signed),
  fc.constant(broadcast),
  fc
    .record({
      state: fc.constantFrom('succeeded', 'failed', 'refused', 'expired', 'abandoned'),
      block: fc.constantFrom(1_001, 1_002),
      finalized: fc.boolean(),
    })
    .map(({ state, block, finalized }) =>
      settled({
        state,
        finalized,
        ...(state === 'succeeded' || state === 'failed'
          ? { blockNumber: block, blockHash: blockHash(block) }
          : {}),
      }),
    ),
);

/** Applies what may be applied; the record after each step. */
function tryAll(steps: readonly TxStep[]): { records: TxRecord[]; kept: TxStep[] } {
  let record = applyStep(undefined, planned);
  const records = [record];
  const kept: TxStep[] = [planned];
  for (const step of steps) {
    const before = record;
    try {
      record = applyStep(record, step);
    } catch {
      record = before;
    }
    if (record !== before) kept.push(step);
    records.push(record);
  }
  return { records, kept };
}

describe('any attempt at steps', () => {
  test('leaves a record that is the fold of the steps that were possible', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        const { records, kept } = tryAll(steps);
        const last = records.at(-1);
        expect(foldSteps(kept)).toEqual(last);
        expect(last?.steps).toHaveLength(kept.length);
      }),
    );
  });

  test('never signs twice, never unsigns, never takes back what is final', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        const { records } = tryAll(steps);
        for (const [index, record] of records.entries()) {
          const before = records[index - 1];
          if (before?.signed !== undefined) expect(record.signed).toEqual(before.signed);
          if (before?.outcome?.finalized === true) expect(record).toEqual(before);
          if (before?.outcome !== undefined) expect(record.outcome).toBeDefined();
          const isSent = record.state !== 'planned' && record.state !== 'abandoned';
          expect(record.signed !== undefined).toBe(isSent);
          const isIncluded = record.state === 'succeeded' || record.state === 'failed';
          expect(record.outcome?.blockHash !== undefined).toBe(isIncluded);
        }
      }),
    );
  });

  test('is stored and read back as the same record', async () => {
    const ledger: Ledger = await openTestLedger();
    let run = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), (steps) => {
        run += 1;
        const id = `tx-${run}`;
        const seeds = (step: TxStep): TxStep =>
          step.kind === 'signed'
            ? { ...step, signed: signedOf(`${id}${step.signed.hash}`.slice(0, 30)) }
            : step;
        const { kept } = tryAll(steps);
        ledger.journal.begin(intentOf(id));
        for (const step of kept.map(seeds)) {
          if (step.kind === 'signed') ledger.journal.recordSigned(id, step.signed);
          if (step.kind === 'broadcast') ledger.journal.recordBroadcast(id);
          if (step.kind === 'settled') ledger.journal.recordOutcome(id, step.outcome);
        }
        const kinds = kept.map(stepKind);
        expect(ledger.journal.find(id).steps.map((step) => step.kind)).toEqual(kinds);
        const isOpen = !/succeeded|failed|refused|expired|abandoned/.test(kinds.at(-1) ?? '');
        const unsettled = ledger.journal.list({ limit: 1, unsettledOnly: true });
        expect(unsettled[0]?.id === id).toBe(isOpen);
      }),
      { numRuns: 40 },
    );
    expect(ledger.verify().steps).toBeGreaterThan(40);
  });
});

describe('one step after another', () => {
  const record = (...steps: TxStep[]): TxRecord => foldSteps([planned, ...steps]);
  const success = { state: 'succeeded', finalized: true } as const;

  test.each<[string, TxRecord, TxStep, 'append' | 'repeat']>([
    ['bytes after the plan', record(), signed('a'), 'append'],
    ['the same bytes', record(signed('a')), signed('a'), 'repeat'],
    ['the same bytes, sent', record(signed('a'), broadcast), signed('a'), 'repeat'],
    ['a second send', record(signed('a'), broadcast), broadcast, 'append'],
    ['a send after the end', record(signed('a'), settled({})), broadcast, 'repeat'],
    ['the same end', record(signed('a'), settled({})), settled({}), 'repeat'],
    ['the same end, final now', record(signed('a'), settled({})), settled(success), 'append'],
    ['the same end, final before', record(signed('a'), settled(success)), settled({}), 'repeat'],
    [
      'a block after expiry',
      record(signed('a'), settled({ state: 'expired' })),
      settled({}),
      'append',
    ],
    [
      'expiry after a block',
      record(signed('a'), settled({})),
      settled({ state: 'expired' }),
      'append',
    ],
    [
      'giving up the plan twice',
      record(settled({ state: 'abandoned' })),
      settled({ state: 'abandoned' }),
      'repeat',
    ],
  ])('%s', (_name, before, step, verdict) => {
    expect(judgeStep(before, step)).toBe(verdict);
  });

  test.each<[string, TxRecord, TxStep]>([
    ['a second plan', record(), planned],
    ['bytes after giving up', record(settled({ state: 'abandoned' })), signed('a')],
    [
      'another failure in the same block',
      record(signed('a'), settled({})),
      settled({ state: 'failed' }),
    ],
    ['a block without a number', record(signed('a')), settled({ blockNumber: undefined })],
    [
      'a final end that moves',
      record(signed('a'), settled(success)),
      settled({ blockHash: blockHash(2) }),
    ],
  ])('cannot be: %s', (_name, before, step) => {
    expect(() => judgeStep(before, step)).toThrow(
      /^Journal: the \w+ transaction tx-one cannot be /,
    );
  });

  test('nothing comes before the plan', () => {
    expect(() => foldSteps([broadcast])).toThrow('A transaction was broadcast before its plan.');
    expect(() => foldSteps([])).toThrow('A transaction without steps.');
  });
});

describe('the text of a step', () => {
  test('reads back as the step, amounts and absences included', () => {
    const steps = [
      planned,
      signed('a'),
      broadcast,
      settled({ feeRao: 2n ** 64n - 1n, flows: [flowOf()], events: [{ a: null }] }),
      settled({ state: 'expired' }),
    ];
    for (const step of steps) {
      const row = { kind: stepKind(step), atMs: step.atMs, payload: formatStep(step) };
      expect(parseStep(row)).toEqual(step);
    }
  });

  test('of another version is not guessed at', () => {
    const row = { kind: 'broadcast', atMs: 1, payload: '{"version":2}' };
    expect(() => parseStep(row)).toThrow('A journal payload of version 2.');
  });
});
