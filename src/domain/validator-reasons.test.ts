import { describe, expect, it } from 'vitest';
import { reasonsFor, type ValidatorPeers, type ValidatorTraits } from './validator-reasons.ts';

const traits: ValidatorTraits = {
  takeU16: 5_898,
  stakeRao: 1_000n,
  weightRao: 1_000n,
  hasPermit: true,
  trustU16: 65_535,
  ownStakeRao: 250n,
};
const peers: ValidatorPeers = {
  totalStakeRao: 10_000n,
  maxValidators: 64,
  permitted: 7,
  leastPermittedWeightRao: 100n,
  maxTakeU16: 11_796,
  needsPermit: true,
};

type Told = { readonly isWarning: boolean; readonly text: string } | undefined;

const told = (
  about: string,
  changes: Partial<ValidatorTraits> = {},
  others: Partial<ValidatorPeers> = {},
): Told => {
  const found = reasonsFor({ ...traits, ...changes }, { ...peers, ...others });
  const reason = found.find((one) => one.about === about);
  return reason === undefined ? undefined : { isWarning: reason.isWarning, text: reason.text };
};
const fact = (text: string): Told => ({ isWarning: false, text });
const warning = (text: string): Told => ({ isWarning: true, text });

describe('what speaks for and against a validator', () => {
  it('comes in one order', () => {
    expect(reasonsFor(traits, peers).map(({ about }) => about)).toEqual([
      'trust',
      'concentration',
      'take',
      'permit',
      'own-stake',
    ]);
  });

  it('is its trust, a warning below 80 percent, nothing where it is not measured', () => {
    expect(told('trust')).toEqual(fact('validator trust 100.00 %'));
    expect(told('trust', { trustU16: 52_428 })).toEqual(fact('validator trust 80.00 %'));
    expect(told('trust', { trustU16: 52_000 })).toEqual(
      warning('validator trust 79.34 %: its weights differ from the consensus and are clipped'),
    );
    expect(told('trust', { trustU16: undefined })).toBeUndefined();
  });

  it('is its share of the stake, a warning from 33 percent on', () => {
    const holds = (share: string) => `holds ${share} % of the validators' stake there`;
    expect(told('concentration')).toEqual(fact(holds('10.00')));
    expect(told('concentration', { stakeRao: 3_299n })).toEqual(fact(holds('32.99')));
    expect(told('concentration', { stakeRao: 3_300n })).toEqual(warning(holds('33.00')));
  });

  it('is its take, and how far it may go', () => {
    expect(told('take')).toEqual(fact('takes 9.00 %, and may raise it to 18.00 %'));
    expect(told('take', { takeU16: 11_796 })).toEqual(
      fact('takes 18.00 %, the most the chain allows'),
    );
    expect(told('take', { takeU16: 11_795 })?.text).toContain('may raise it');
  });

  it('is its permit, and whether it may lose it', () => {
    expect(told('permit')).toEqual(fact('has a permit; 7 of 64 are taken'));
    expect(told('permit', { hasPermit: false })).toEqual(
      warning('has no permit: it earns no dividends there'),
    );
    expect(told('permit', {}, { permitted: 63 })).toEqual(fact('has a permit; 63 of 64 are taken'));
    const full = { permitted: 64 };
    expect(told('permit', {}, full)).toEqual(fact('has a permit'));
    expect(told('permit', { weightRao: 120n }, full)).toEqual(fact('has a permit'));
    expect(told('permit', { weightRao: 119n }, full)).toEqual(
      warning('close to losing its permit: all seats are taken and its stake is among the least'),
    );
    expect(told('permit', { weightRao: 100n }, { permitted: 63 })?.isWarning).toBe(false);
    expect(told('permit', { hasPermit: false }, { needsPermit: false })).toBeUndefined();
  });

  it("is its owner's own part, where it was looked up", () => {
    expect(told('own-stake')).toEqual(fact("owner's own part of the stake 25.00 %"));
    expect(told('own-stake', { ownStakeRao: undefined })).toBeUndefined();
  });
});
