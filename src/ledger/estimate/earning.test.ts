import { describe, expect, test } from 'vitest';
import type { ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { hasPaid, judgeEarning, restOfSubnet } from './earning.ts';
import { TAO, validatorInputs, workedInputs } from './testing.ts';

/** Alpha that validators are due per tempo in the worked example. */
const DUE = 125_085_443_760;

function judge(inputs = workedInputs(), due = DUE): ReturnType<typeof judgeEarning> {
  const [subnet] = inputs.subnets as [ProjectionSubnet];
  return judgeEarning(inputs, subnet, due, !hasPaid(inputs, subnet));
}

describe('performance', () => {
  test('is dividends per alpha against the best, take and growth undone', () => {
    const validators = [
      validatorInputs('v1', 400_000n, 16_411_301_838n),
      // Half the dividends for the same stake, at half the take: 0.82 against 0.91 kept.
      { ...validatorInputs('v2', 400_000n, 9_106_816_970n), takeU16: 5_898 },
      validatorInputs('v3', 100_000n, 0n),
    ];
    const { earners, isAssumed, withoutIncentive } = judge(
      workedInputs({ validators, subnet: { lastDividendsRao: 25_518_118_808n } }),
    );
    expect(earners.map((earner) => earner.hotkey)).toEqual(['v1', 'v2', 'v3']);
    expect(earners[0]?.performance).toBe(1);
    expect(earners[1]?.performance).toBeCloseTo(0.5, 4);
    expect(earners[2]?.performance).toBe(0);
    expect({ isAssumed, withoutIncentive }).toEqual({ isAssumed: false, withoutIncentive: false });
  });

  test('of a validator with root stake alone comes from its root dividends', () => {
    const both = validatorInputs('v1', 400_000n, 16_411_301_838n);
    const rootOnly = validatorInputs('v2', 1n, 0n);
    const [onBoth, onRoot] = [both.onSubnets[0], rootOnly.onSubnets[0]];
    const validators = [
      {
        ...both,
        onSubnets: [
          { ...(onBoth as NonNullable<typeof onBoth>), lastRootDividendRao: 2_000n * TAO },
        ],
      },
      {
        ...rootOnly,
        rootRao: 400_000n * TAO,
        onSubnets: [
          { ...(onRoot as NonNullable<typeof onRoot>), lastRootDividendRao: 1_000n * TAO },
        ],
      },
    ];
    const { earners } = judge(
      workedInputs({ validators, subnet: { lastDividendsRao: 0n, lastRootDividendsRao: 0n } }),
    );
    // 1,000 alpha on 400,000 TAO is as much per TAO as 2,000 on 800,000.
    expect(earners[1]?.performance).toBeCloseTo(earners[0]?.performance ?? 0, 2);
  });
});

describe('what is not listed', () => {
  test('earns as one more, with what stake there is left', () => {
    const inputs = workedInputs({ subnet: { lastDividendsRao: 2n * 102_570_636_488n } });
    const { earners } = judge(inputs, 2 * DUE);
    const rest = earners.at(-1);
    expect(rest?.hotkey).toBe(restOfSubnet(8));
    // Five hundred thousand alpha is not listed, and it earned as much as 2,500,000.
    expect(rest?.alpha).toBe(5e14);
    expect((rest?.alpha ?? 0) * (rest?.performance ?? 0)).toBeCloseTo(2.5e15, -9);
    expect(judge(inputs, 2 * DUE).withoutIncentive).toBe(false);
    expect(judge(inputs, DUE).withoutIncentive).toBe(true);
  });

  test('earns as well as the listed ones on average, where there is stake enough', () => {
    const inputs = workedInputs({
      subnet: { lastDividendsRao: 2n * 102_570_636_488n, alphaOutRao: 6_000_000n * TAO },
    });
    const rest = judge(inputs, 2 * DUE).earners.at(-1);
    expect((rest?.alpha ?? 0) / 2.5e15).toBeCloseTo(1, 6);
    expect(rest?.performance).toBeCloseTo(1, 6);
  });

  test('has root stake for the root dividends that are missing', () => {
    const [first, ...others] = workedInputs().validators;
    const [on] = first?.onSubnets ?? [];
    const row = { ...(on as NonNullable<typeof on>), lastRootDividendRao: 10n * TAO };
    const validators = [{ ...(first as NonNullable<typeof first>), onSubnets: [row] }, ...others];
    const subnet = { lastRootDividendsRao: 40n * TAO };
    const inputs = workedInputs({ validators, subnet });
    const global = { ...inputs.global, rootTaoRao: 7_000_000n * TAO };
    const rest = judge({ ...inputs, global }).earners.at(-1);
    // A quarter is listed, so the rest would be three times that: there is only so much.
    expect(rest?.hotkey).toBe(restOfSubnet(8));
    expect(rest?.root).toBe(2e15);
    expect(rest?.alpha).toBeLessThan(1e12);
  });

  test('is left out when it is rounding', () => {
    const inputs = workedInputs({
      subnet: { lastDividendsRao: 102_570_636_500n, lastRootDividendsRao: 0n },
    });
    expect(judge(inputs).earners).toHaveLength(2);
  });
});

describe('a tempo without incentive', () => {
  test('shows in dividends half as high again as validators are due', () => {
    expect(judge(workedInputs(), DUE / 1.49).withoutIncentive).toBe(false);
    expect(judge(workedInputs(), DUE / 1.51).withoutIncentive).toBe(true);
    expect(judge(workedInputs(), 0).withoutIncentive).toBe(false);
  });
});

describe('before the first dividends', () => {
  test('all stake is taken to earn alike, by permit', () => {
    const [first, second] = workedInputs().validators;
    const without = (validator: typeof first, hasPermit: boolean) => {
      const one = validator as NonNullable<typeof validator>;
      const [on] = one.onSubnets;
      const row = on as NonNullable<typeof on>;
      return { ...one, onSubnets: [{ ...row, lastDividendRao: 0n, hasPermit }] };
    };
    const validators = [without(first, true), without(second, false)];
    const subnet = { lastDividendsRao: 0n, lastRootDividendsRao: 0n };
    const { earners, isAssumed } = judge(workedInputs({ validators, subnet }));
    expect(isAssumed).toBe(true);
    expect(earners.map((earner) => earner.performance)).toEqual([1, 0, 1]);
    // 3,000,000 outstanding, 2,500,000 listed; all root is listed.
    expect(earners[2]).toMatchObject({ hotkey: restOfSubnet(8), alpha: 5e14, root: 0 });
  });
});
