import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountFacts } from '../chain/facts.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { planTransfer, type TransferPlanFacts, type TransferRequest } from './plan-transfer.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const FEE = 31_000n;
const DEPOSIT = 500n;

const accountOf = (address: string, changes: Partial<AccountFacts> = {}): AccountFacts => ({
  address,
  nonce: 0,
  freeRao: 0n,
  reservedRao: 0n,
  frozenRao: 0n,
  ...changes,
});

const facts = (changes: Partial<TransferPlanFacts> = {}): TransferPlanFacts => ({
  account: accountOf(ALICE, { freeRao: 10_000_000_000n, nonce: 3 }),
  recipient: accountOf(BOB, { freeRao: 2_000_000_000n }),
  existentialDepositRao: DEPOSIT,
  feeRao: FEE,
  familiarity: 'address-book',
  ...changes,
});

const request = (amountRao: bigint | 'all', to = BOB, name = 'bob'): TransferRequest => ({
  to: { name, address: to },
  amountRao,
  hasConfirm: false,
});

function refusal(asked: TransferRequest, given: TransferPlanFacts): string {
  try {
    planTransfer(asked, given);
  } catch (error) {
    if (isTaoError(error)) return `${error.message} ${error.hint} [${error.code}]`;
    throw error;
  }
  throw new Error('The plan was not refused');
}

describe('the plan of a transfer', () => {
  it('is a keep-alive transfer of the amount, with what stays', () => {
    const plan = planTransfer(request(2_500_000_000n), facts());
    expect(plan.call).toEqual({
      pallet: 'Balances',
      name: 'transfer_keep_alive',
      args: { dest: BOB, value: 2_500_000_000n },
    });
    expect(plan).toMatchObject({
      command: 'wallet.transfer',
      summary: 'Send 2.5 TAO to 5FHn…94ty',
      question: 'Send 2.5 TAO?',
      spendRao: 2_500_000_000n,
      warnings: [],
      data: {
        to: BOB,
        amount: { rao: '2500000000', tao: '2.5' },
        all: false,
        remaining: { rao: '7499969000', tao: '7.499969' },
        isNewDestination: false,
      },
    });
    expect(plan.severe).toBeUndefined();
    expect(plan.rows).toEqual([
      ['Send', { text: '2.5 TAO', tone: 'strong' }],
      ['To', `bob (${BOB})`],
      ['Known as', 'in your address book'],
      ['They hold', '2 TAO'],
      ['You keep', '7.499969 TAO'],
    ]);
  });

  it('of everything is the balance less fee and deposit, as a number', () => {
    const plan = planTransfer(request('all'), facts());
    expect(plan.spendRao).toBe(10_000_000_000n - FEE - DEPOSIT);
    expect(plan.call.args.value).toBe(plan.spendRao);
    expect(plan.data).toMatchObject({ all: true, remaining: { rao: '500' } });
    const held = accountOf(ALICE, { freeRao: 10_000_000_000n, frozenRao: 5_000n, reservedRao: 1n });
    expect(planTransfer(request('all'), facts({ account: held })).spendRao).toBe(
      10_000_000_000n - FEE - 4_999n,
    );
  });

  it('asks for the end of an address that is new, and warns of one that nobody ever used', () => {
    const plan = planTransfer(
      request(1_000n, BOB, BOB),
      facts({ familiarity: 'none', recipient: accountOf(BOB) }),
    );
    expect(plan.severe).toEqual({
      value: 'jJM694ty',
      what: 'the end of the address',
    });
    expect(BOB.endsWith(plan.severe?.value ?? 'nothing')).toBe(true);
    expect(plan.warnings).toEqual([
      'The address holds no TAO and has signed nothing on this chain: make sure it is right.',
    ]);
    expect(plan.rows[1]).toEqual(['To', BOB]);
    expect(plan.data.isNewDestination).toBe(true);
    const used = planTransfer(request(1_000n), facts({ familiarity: 'none' }));
    expect([used.warnings, used.severe?.value]).toEqual([[], plan.severe?.value]);
  });

  it.each(['own-coldkey', 'own-hotkey', 'address-book', 'paid-before', 'development'] as const)(
    'needs a plain yes only for an address that is %s',
    (familiarity) => {
      const plan = planTransfer(request(1_000n), facts({ familiarity }));
      expect(plan.severe).toBeUndefined();
      expect(plan.warnings.length).toBe(familiarity === 'own-hotkey' ? 1 : 0);
    },
  );

  it('holds a confirmation that was given against the address, known or not', () => {
    const plan = planTransfer({ ...request(1_000n), hasConfirm: true }, facts());
    expect(plan.severe?.value).toBe('jJM694ty');
    expect(plan.data.isNewDestination).toBe(false);
  });
});

describe('a transfer that is refused', () => {
  it('to the account that pays', () => {
    expect(refusal(request(1n, ALICE, 'me'), facts())).toContain(
      'it is the account that would pay. Name another account after --to',
    );
  });

  it('of more than may leave, with the most that can', () => {
    const most = 10_000_000_000n - FEE - DEPOSIT;
    expect(planTransfer(request(most), facts()).spendRao).toBe(most);
    expect(refusal(request(most + 1n), facts())).toBe(
      "Couldn't send 9.999968501 TAO: 10 TAO is free, the fee is 0.000031 and 0.0000005 must stay. The most that can go is 9.9999685 TAO: use that, or --amount all. [BALANCE_TOO_LOW]",
    );
  });

  it.each([0n, FEE, FEE + DEPOSIT])(
    'of everything, from %s rao that only cover fee and deposit',
    (freeRao) => {
      const poor = facts({ account: accountOf(ALICE, { freeRao }) });
      expect(refusal(request('all'), poor)).toContain(
        'Move TAO to this account first, or unstake some. [BALANCE_TOO_LOW]',
      );
    },
  );

  it('of less than the receiver needs to exist', () => {
    const empty = facts({ recipient: accountOf(BOB, { freeRao: 100n }) });
    expect(planTransfer(request(400n), empty).spendRao).toBe(400n);
    expect(refusal(request(399n), empty)).toContain(
      'and the receiver would have less. Send at least 0.0000004 TAO. [AMOUNT_BELOW_MINIMUM]',
    );
  });
});

describe('whatever the figures are', () => {
  const rao = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const small = fc.bigInt({ min: 0n, max: 1_000_000n });

  it('a plan leaves fee, deposit and frozen TAO, and the receiver its deposit', () => {
    fc.assert(
      fc.property(
        fc.record({ free: rao, frozen: small, reserved: small, fee: small, held: small }),
        fc.oneof(fc.constant('all' as const), rao, small),
        small,
        (state, amountRao, existentialDepositRao) => {
          const given = facts({
            account: accountOf(ALICE, {
              freeRao: state.free,
              frozenRao: state.frozen,
              reservedRao: state.reserved,
            }),
            recipient: accountOf(BOB, { freeRao: state.held }),
            feeRao: state.fee,
            existentialDepositRao,
          });
          let spendRao: bigint;
          try {
            spendRao = planTransfer(request(amountRao), given).spendRao;
          } catch (error) {
            expect(isTaoError(error)).toBe(true);
            return;
          }
          const left = state.free - spendRao - state.fee;
          expect(spendRao).toBeGreaterThan(0n);
          expect(left).toBeGreaterThanOrEqual(existentialDepositRao);
          expect(left).toBeGreaterThanOrEqual(state.frozen - state.reserved);
          expect(state.held + spendRao).toBeGreaterThanOrEqual(existentialDepositRao);
          if (amountRao !== 'all') expect(spendRao).toBe(amountRao);
        },
      ),
    );
  });
});
