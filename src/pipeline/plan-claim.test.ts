import { describe, expect, test } from 'vitest';
import {
  type ClaimPlanFacts,
  type ClaimRow,
  chooseClaim,
  paidAs,
  planClaim,
} from './plan-claim.ts';
import { claimTypeData, planClaimType } from './plan-claim-type.ts';

const VALIDATOR = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const OTHER = '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy';

const row = (
  netuid: number | undefined,
  worthRao: bigint,
  changes: Partial<ClaimRow> = {},
): ClaimRow => ({
  hotkey: VALIDATOR,
  name: '',
  netuid,
  owedRao: 1_000_000n,
  thresholdRao: 500_000n,
  isDue: true,
  worthRao,
  ...changes,
});

const claims = (
  rows: readonly ClaimRow[],
  changes: Partial<ClaimPlanFacts> = {},
): ClaimPlanFacts => ({
  rules: 'claims',
  type: { kind: 'swap' },
  rows,
  automatic: undefined,
  claimsOneHotkey: false,
  ...changes,
});

const ALL = { netuids: 'all', hotkey: undefined } as const;

describe('a claim of subnets', () => {
  test('takes the five that bring the most, over all validators, and names the rest', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((netuid) => row(netuid, BigInt(netuid) * 10n));
    const chosen = chooseClaim(ALL, claims([...rows, row(1, 100n, { hotkey: OTHER })]));
    expect(chosen.call).toEqual({
      pallet: 'SubtensorModule',
      name: 'claim_root',
      args: { subnets: [1, 3, 4, 5, 6] },
    });
    expect(chosen.rows.map((one) => [one.netuid, one.hotkey])).toEqual([
      [1, VALIDATOR],
      [3, VALIDATOR],
      [4, VALIDATOR],
      [5, VALIDATOR],
      [6, VALIDATOR],
      [1, OTHER],
    ]);
    expect(chosen.leftNetuids).toEqual([2]);
  });

  test('leaves out what is not due, and is refused when nothing is', () => {
    const rows = [row(1, 10n), row(4, 99n, { isDue: false })];
    expect(chooseClaim(ALL, claims(rows)).call.args).toEqual({ subnets: [1] });
    const request = { netuids: [4], hotkey: undefined };
    expect(() => chooseClaim(request, claims(rows))).toThrow(
      expect.objectContaining({ code: 'CLAIM_NOTHING_DUE' }),
    );
  });

  test('is refused for six subnets, and for one validator', () => {
    const facts = claims([row(1, 10n)]);
    const six = { netuids: [1, 2, 3, 4, 5, 6], hotkey: undefined };
    expect(() => chooseClaim(six, facts)).toThrow(
      expect.objectContaining({ code: 'USAGE_INVALID' }),
    );
    const one = { netuids: 'all', hotkey: VALIDATOR } as const;
    expect(() => chooseClaim(one, facts)).toThrow(
      expect.objectContaining({ code: 'CHAIN_LACKS_CALL' }),
    );
  });
});

describe('a claim of funds', () => {
  const funds = claims(
    [row(undefined, 9_000_000n), row(undefined, 7n, { hotkey: OTHER, isDue: false })],
    {
      rules: 'baskets',
      type: undefined,
      claimsOneHotkey: true,
    },
  );

  test('pays all of them, or one by its own call', () => {
    expect(chooseClaim(ALL, funds).call.name).toBe('claim_root');
    const one = chooseClaim({ netuids: 'all', hotkey: VALIDATOR }, funds);
    expect(one.call).toMatchObject({ name: 'claim_root_with_hotkey', args: { hotkey: VALIDATOR } });
    expect(() => chooseClaim({ netuids: 'all', hotkey: OTHER }, funds)).toThrow(
      expect.objectContaining({ code: 'CLAIM_NOTHING_DUE' }),
    );
  });

  test('names no subnets, and one validator only where the runtime can', () => {
    expect(() => chooseClaim({ netuids: [1], hotkey: undefined }, funds)).toThrow(
      expect.objectContaining({ code: 'USAGE_CONFLICT' }),
    );
    const older = { ...funds, claimsOneHotkey: false };
    expect(() => chooseClaim({ netuids: 'all', hotkey: VALIDATOR }, older)).toThrow(
      expect.objectContaining({ code: 'CHAIN_LACKS_CALL' }),
    );
  });

  test('is planned with shares, and without a claim type', () => {
    const plan = planClaim(chooseClaim(ALL, funds), funds, 600_000n);
    expect(plan.data).toMatchObject({
      paidAs: null,
      pays: true,
      claims: [{ netuid: null, owed: null, shares: '1000000', worth: { rao: '9000000' } }],
    });
  });
});

test('a runtime without either is said so', () => {
  expect(() => chooseClaim(ALL, claims([row(1, 1n)], { rules: 'none' }))).toThrow(
    expect.objectContaining({ code: 'CHAIN_LACKS_CALL' }),
  );
});

describe('the plan of a claim', () => {
  test('says when the fee is more than it is worth, and that the chain claims by lot', () => {
    const automatic = { perBlock: 5, members: 12, isMember: true };
    const facts = claims([row(1, 500_000n)], { automatic });
    const plan = planClaim(chooseClaim(ALL, facts), facts, 600_000n);
    expect(plan.data).toMatchObject({ pays: false, worth: { rao: '500000' } });
    expect(plan.warnings).toEqual([
      'This claim costs more in fees than it is worth now.',
      'The chain sells the alpha at any price: a claim has no price limit.',
      'The chain also claims for this account by lot, about every 3 blocks, and free of fees.',
    ]);
    expect(plan.spendRao).toBe(0n);
  });

  test('does not warn of a sale where alpha is kept', () => {
    const facts = claims([row(1, 5_000_000n)], { type: { kind: 'keep' } });
    expect(planClaim(chooseClaim(ALL, facts), facts, 600_000n).warnings).toEqual([]);
  });
});

describe('a claim type', () => {
  const now = { kind: 'swap' } as const;

  test('becomes the argument of the call', () => {
    const wanted = { kind: 'keep-subnets', netuids: [1, 8] } as const;
    const plan = planClaimType(wanted, { now, netuids: [0, 1, 8] });
    expect(plan.call.args).toEqual({
      new_root_claim_type: { type: 'KeepSubnets', value: { subnets: [1, 8] } },
    });
    expect(plan.data).toEqual({ type: claimTypeData(wanted), before: claimTypeData(now) });
    expect(paidAs(wanted)).toContain('1, 8');
  });

  test('is refused without a choice, and for a subnet that is not there', () => {
    expect(() => planClaimType({ kind: 'keep' }, { now: undefined, netuids: [] })).toThrow(
      expect.objectContaining({ code: 'CHAIN_LACKS_CALL' }),
    );
    const wanted = { kind: 'keep-subnets', netuids: [9] } as const;
    expect(() => planClaimType(wanted, { now, netuids: [0, 1] })).toThrow(
      expect.objectContaining({ code: 'SUBNET_UNKNOWN' }),
    );
  });

  test('that is set already is planned with a warning', () => {
    const plan = planClaimType({ kind: 'swap' }, { now, netuids: [] });
    expect(plan.warnings).toHaveLength(1);
  });
});
