import { describe, expect, it } from 'vitest';
import { createNeuron, createSubnet, type Subnet } from '../subnet.ts';
import { activityCutoff, raoToDouble, runSubnetEpoch, storeEpoch } from './subnet-epoch.ts';

function subnetOfThree(): Subnet {
  const subnet = { ...createSubnet(1, 'account'), tempo: 360, lastMechanismStepBlock: 10 };
  subnet.neurons = ['a', 'b', 'c'].map((hotkey) => createNeuron(hotkey, 5));
  Object.assign(subnet.neurons[0] as object, {
    permit: true,
    lastUpdate: 100,
    weights: [
      [1, 65_535],
      [2, 21_845],
    ],
    bonds: [[1, 30_000]],
  });
  return subnet;
}

const call = {
  block: 400,
  emissionRao: 1_000_000n,
  stakeWeights: [3_000n, 1_000n, 0n],
  stakeThreshold: 0n,
  ownerUid: null,
};

describe('runSubnetEpoch', () => {
  it('leaves the subnet as it is until the result is stored', () => {
    const subnet = subnetOfThree();
    const before = structuredClone(subnet);
    const result = runSubnetEpoch(subnet, call);
    expect(subnet).toEqual(before);
    storeEpoch(subnet, result);
    const [first, second, third] = subnet.neurons;
    expect(first).toMatchObject({
      active: true,
      permit: true,
      stakeWeight: 49_151,
      validatorTrust: 65_535,
      dividends: 65_535,
      incentive: 0,
      emission: 500_000n,
      bonds: [
        [1, 65_535],
        [2, 65_535],
      ],
    });
    expect(second).toMatchObject({ permit: true, incentive: 49_151, consensus: 49_151, bonds: [] });
    expect(third).toMatchObject({ permit: false, incentive: 16_383, consensus: 16_383 });
    expect(result.serverRao[1]).toBe(375_000n);
    expect(result.validatorRao[0]).toBe(500_000n);
  });
});

describe('activityCutoff', () => {
  it('is a per-mille of the tempo, floored, and at least one block', () => {
    expect(activityCutoff({ tempo: 360, activityCutoffFactorMilli: 13_889 })).toBe(5_000);
    expect(activityCutoff({ tempo: 1, activityCutoffFactorMilli: 10 })).toBe(1);
  });
});

describe('raoToDouble', () => {
  it('is exact up to 2^53 and the nearest double above', () => {
    expect(raoToDouble(0n)).toBe(0);
    expect(raoToDouble(2n ** 53n - 1n)).toBe(2 ** 53 - 1);
    expect(raoToDouble(2n ** 64n - 1n)).toBe(2 ** 64);
  });
});
