import { Keyring } from '@polkadot/keyring';
import { u8aToHex } from '@polkadot/util';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { expect, test } from 'vitest';
import { poolPriceRao } from '../../economy/pool.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import { stateDigest } from '../state/digest.ts';
import { devAccounts, subnetAccount } from './accounts.ts';
import { presetState } from './presets.ts';
import { smallGenesis } from './small.ts';

test('accounts are the development keys of their paths', async () => {
  await cryptoWaitReady();
  const keyring = new Keyring({ type: 'sr25519' });
  // Every third: derivation is slow by design.
  const paths = Object.entries(devAccounts).filter((_, i) => i % 3 === 0);
  for (const [path, account] of paths) {
    expect(u8aToHex(keyring.addFromUri(path).publicKey), path).toBe(account);
  }
});

test('the TAO in existence is what all accounts hold, pools included', () => {
  const { economy } = smallGenesis();
  const held = Object.values(economy.balances).reduce((sum, free) => sum + free, 0n);
  expect(held).toBe(economy.taoIssuance);
  expect(economy.taoIssuance).toBe(11_219_409_114_200_811n);
  for (const netuid of economy.netuids) {
    const subnet = economy.subnets[netuid];
    expect(economy.balances[subnet?.account ?? '']).toBe(subnet?.taoReserve);
  }
  expect(economy.subnets[0]?.taoReserve).toBe(5_413_546_520_000_000n);
});

test('the alpha outside a pool is what all positions hold', () => {
  const { economy } = smallGenesis();
  for (const netuid of [1, 4, 8]) {
    let staked = 0n;
    for (const [hotkey, { pools }] of Object.entries(economy.hotkeys)) {
      for (const coldkey of Object.keys(pools[netuid]?.shares ?? {})) {
        staked += stakeOf(economy, hotkey, coldkey, netuid);
      }
    }
    expect(staked).toBe(economy.subnets[netuid]?.alphaOut);
  }
});

test('prices are those of mainnet in proportion, and sum to more than one', () => {
  const { subnets } = smallGenesis().economy;
  const prices = [1, 4, 8].map((netuid) => {
    const subnet = subnets[netuid];
    return subnet === undefined ? 0n : poolPriceRao(subnet);
  });
  expect(prices.map((rao) => rao / 1_000n)).toEqual([111_013n, 786_192n, 411_194n]);
  expect(prices.reduce((sum, rao) => sum + rao, 0n)).toBeGreaterThan(1_000_000_000n);
});

test('a genesis is the same every time, and a subnet account has its well-known form', () => {
  expect(stateDigest(smallGenesis())).toBe(stateDigest(smallGenesis()));
  expect(subnetAccount(1)).toBe(
    '0x6d6f646c73756274656e73720100000000000000000000000000000000000000',
  );
});

test('an unknown preset is refused with the ones there are', () => {
  expect(() => presetState('toString')).toThrow(
    expect.objectContaining({ code: 'DEV_PRESET_UNKNOWN' }),
  );
});
