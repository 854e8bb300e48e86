import { describe, expect, it } from 'vitest';
import { ALICE, BOB, CHARLIE } from '../../../test/fixtures/byte-vectors.ts';
import { openScripted } from '../../../test/helpers/open-scripted.ts';
import { readDelegate, readDelegates } from './read-delegates.ts';
import { readProjectionInputs } from './read-projection-inputs.ts';

const PALLET = 'SubtensorModule';

async function openWithDelegates() {
  const opened = await openScripted();
  const { put } = opened;
  for (const netuid of [0, 1, 2]) put(PALLET, 'NetworksAdded', [netuid], true);
  put(PALLET, 'Delegates', [BOB], 6_553);
  put(PALLET, 'Delegates', [CHARLIE], 0);
  put(PALLET, 'Owner', [BOB], ALICE);
  put(PALLET, 'TotalHotkeyAlpha', [BOB, 0], 700n);
  put(PALLET, 'TotalHotkeyAlpha', [BOB, 2], 30n);
  put(PALLET, 'Keys', [1, 0], CHARLIE);
  put(PALLET, 'Keys', [1, 1], BOB);
  put(PALLET, 'Keys', [2, 0], BOB);
  put(PALLET, 'ValidatorPermit', [1], [true, false]);
  put(PALLET, 'ValidatorPermit', [2], [true]);
  put(PALLET, 'IdentitiesV2', [ALICE], {
    name: new TextEncoder().encode('Ada\nValidator'),
    url: '0x',
    github_repo: '0x',
    image: '0x',
    discord: '0x',
    description: '0x',
    additional: '0x',
  });
  return opened;
}

const bob = {
  hotkey: BOB,
  owner: ALICE,
  name: 'Ada Validator',
  takeU16: 6_553,
};

describe('delegates', () => {
  it('are those the chain still knows, with stakes and seats on every subnet', async () => {
    const { view } = await openWithDelegates();
    expect(await readDelegates(view)).toEqual([
      {
        ...bob,
        nominators: undefined,
        registrations: [1, 2],
        validatorPermits: [2],
        stakeRaoByNetuid: new Map([
          [0, 700n],
          [2, 30n],
        ]),
      },
    ]);
  });

  it('may be looked at on some subnets only', async () => {
    const { view } = await openWithDelegates();
    const [only] = await readDelegates(view, { netuids: [1] });
    expect(only).toMatchObject({ registrations: [1], validatorPermits: [] });
    expect(only?.stakeRaoByNetuid).toEqual(new Map());
  });

  it('are counted in round trips, not in delegates', async () => {
    const { view, newCalls, put } = await openWithDelegates();
    for (let index = 0; index < 300; index += 1) {
      const hotkey = `0x${index.toString(16).padStart(64, '0')}`;
      put(PALLET, 'Delegates', [hotkey], 1);
      put(PALLET, 'Owner', [hotkey], ALICE);
    }
    expect(await readDelegates(view)).toHaveLength(301);
    expect(newCalls().length).toBeLessThan(20);
  });

  it('have their nominators counted when read alone; others are undefined', async () => {
    const { view, answer } = await openWithDelegates();
    const found = {
      delegate_ss58: BOB,
      take: 6_553,
      nominators: [
        [ALICE, [[1, 5n]]],
        [CHARLIE, []],
      ],
      owner_ss58: ALICE,
      registrations: [1, 2],
      validator_permits: [2],
      return_per_1000: 0n,
      total_daily_return: 0n,
    };
    answer('DelegateInfoRuntimeApi', 'get_delegate', found, [BOB]);
    expect(await readDelegate(view, BOB)).toEqual({
      ...bob,
      nominators: 2,
      registrations: [1, 2],
      validatorPermits: [2],
      stakeRaoByNetuid: new Map([
        [0, 700n],
        [2, 30n],
      ]),
    });
    answer('DelegateInfoRuntimeApi', 'get_delegate', undefined);
    expect(await readDelegate(view, CHARLIE)).toBeUndefined();
  });
});

describe('the inputs of a projection', () => {
  it('hold the subnets, the earning validators and the target, all of one block', async () => {
    const { view, put, newCalls } = await openWithDelegates();
    put(PALLET, 'TotalIssuance', [], 21n);
    put(PALLET, 'SubnetTAO', [0], 5_000n);
    put(PALLET, 'SubnetTAO', [2], 1_000n);
    put(PALLET, 'SubnetMechanism', [2], 1);
    put(PALLET, 'LastEpochBlock', [2], 360n);
    put(PALLET, 'FirstEmissionBlockNumber', [2], 3n);
    put(PALLET, 'PendingServerEmission', [2], 4n);
    put(PALLET, 'Uids', [2, BOB], 0);
    put(PALLET, 'AlphaDividendsPerSubnet', [2, BOB], 11n);
    put(PALLET, 'AlphaDividendsPerSubnet', [1, CHARLIE], 12n);
    put(PALLET, 'RootAlphaDividendsPerSubnet', [2, BOB], 13n);
    const inputs = await readProjectionInputs(view, 2, CHARLIE);
    expect(newCalls().length).toBeLessThan(50);
    expect(inputs.blockNumber).toBe(view.number);
    expect(inputs.global).toMatchObject({
      issuanceRao: 21n,
      rootTaoRao: 5_000n,
      ownerCutU16: 11_796,
    });
    expect(inputs.subnets.map((subnet) => subnet.netuid)).toEqual([0, 1, 2]);
    expect(inputs.subnets[2]).toMatchObject({
      mechanism: 1,
      taoReserveRao: 1_000n,
      quoteWeight: 500_000_000_000_000_000n,
      feeRateU16: 33,
      tempo: 360,
      lastEpochBlock: 360,
      firstEmissionBlock: 3,
      pendingServerRao: 4n,
      lastDividendsRao: 11n,
      lastRootDividendsRao: 13n,
    });
    expect(inputs.subnets[1]).toMatchObject({
      lastDividendsRao: 12n,
      firstEmissionBlock: undefined,
    });
    const byHotkey = new Map(inputs.validators.map((v) => [v.hotkey, v]));
    expect([...byHotkey.keys()].sort()).toEqual([BOB, CHARLIE].sort());
    expect(byHotkey.get(BOB)).toEqual({
      hotkey: BOB,
      owner: ALICE,
      takeU16: 6_553,
      rootRao: 700n,
      onSubnets: [
        {
          netuid: 2,
          alphaRao: 30n,
          lastDividendRao: 11n,
          lastRootDividendRao: 13n,
          hasPermit: true,
        },
      ],
    });
    expect(byHotkey.get(CHARLIE)?.onSubnets).toEqual([
      { netuid: 2, alphaRao: 0n, lastDividendRao: 0n, lastRootDividendRao: 0n, hasPermit: false },
    ]);
  });

  it('on root hold every validator of every subnet', async () => {
    const { view, put } = await openWithDelegates();
    put(PALLET, 'AlphaDividendsPerSubnet', [2, BOB], 11n);
    put(PALLET, 'AlphaDividendsPerSubnet', [1, BOB], 12n);
    const { validators } = await readProjectionInputs(view, 0, BOB);
    expect(validators).toHaveLength(1);
    expect(validators[0]?.onSubnets.map((row) => row.netuid).sort()).toEqual([0, 1, 2]);
  });
});
