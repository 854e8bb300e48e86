import { describe, expect, test } from 'vitest';
import { defaultParameters, U64_MAX } from './parameters.ts';
import { createSubnet } from './subnet.ts';

describe('the defaults of the chain', () => {
  test('for a subnet', () => {
    const subnet = createSubnet(1, 'account');
    expect(subnet).toMatchObject({
      netuid: 1,
      account: 'account',
      mechanism: 1,
      owner: '',
      ownerHotkey: '',
      quoteWeight: 5n * 10n ** 17n,
      feeRateU16: 33,
      emaHalvingBlocks: 201_600,
      subtokenEnabled: true,
      emissionEnabled: true,
      registrationAllowed: true,
      transferToggle: true,
      ownerCutEnabled: true,
      ownerCutAutoLock: false,
      recycleOrBurn: 'burn',
      tempo: 360,
      firstEmissionBlock: null,
      kappa: 32_767,
      bondsMovingAverage: 900_000,
      bondsPenalty: 65_535,
      yuma3: false,
      liquidAlpha: false,
      alphaLow: 45_875,
      alphaHigh: 58_982,
      alphaSigmoidSteepness: 1_000,
      maxAllowedValidators: 128,
      maxAllowedUids: 256,
      immunityPeriod: 4_096,
      activityCutoffFactorMilli: 13_889,
      commitReveal: true,
      burnIncreaseBits: 2n ** 65n,
      rootClaimThreshold: 500_000n,
      pendingParents: [],
      neurons: [],
    });
    expect(createSubnet(0, 'account').mechanism).toBe(0);
  });

  test('start with nothing pending, nothing done, and no flow', () => {
    const subnet = createSubnet(1, 'account');
    const flow = { sinceLastStep: 0n, emaBits: 0n, emaBlock: null };
    expect([subnet.userFlow, subnet.protocolFlow]).toEqual([flow, flow]);
    expect(subnet.userFlow).not.toBe(subnet.protocolFlow);
    expect(subnet.pendings).toEqual({ server: 0n, validator: 0n, root: 0n, ownerCut: 0n });
    expect(subnet.lastBlock).toEqual({ taoIn: 0n, alphaIn: 0n, alphaOut: 0n, excessTao: 0n });
    expect([subnet.alphaDividends, subnet.rootAlphaDividends]).toEqual([{}, {}]);
  });

  test('for the network', () => {
    expect(U64_MAX).toBe(18_446_744_073_709_551_615n);
    expect(defaultParameters()).toMatchObject({
      emissionRules: '2026-06',
      rootRules: 'claims',
      basketEscrow: 'basket-escrow',
      taoWeight: 3_320_413_933_267_719_290n,
      ownerCut: 11_796,
      minStakeRao: 2_000_000n,
      netFlowEnabled: true,
      maxEpochsPerBlock: 2,
      unlockRate: 934_866,
      maturityRate: 934_866,
    });
  });
});
