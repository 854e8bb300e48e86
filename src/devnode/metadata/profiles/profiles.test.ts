import { beforeAll, describe, expect, it, test } from 'vitest';
import { headHash, openChain } from '../../blocks/chain.ts';
import { devAccounts } from '../../genesis/accounts.ts';
import { canonicalPreset } from '../../genesis/presets.ts';
import { advance, createCore, seal } from '../../node/core.ts';
import { rpcMethods } from '../../rpc/methods.ts';
import { createEndpoint } from '../../rpc/session.ts';
import { codecOf, encode } from '../../scale/codec.ts';
import { fromHex, toHex } from '../../scale/hex.ts';
import { storageItems } from '../../storage/items.ts';
import { encodeKey } from '../../storage/keys.ts';
import { type DevChain, startDevChain } from '../../testing/dev-chain.ts';
import { alice, connect, signExtrinsic } from '../../testing/dev-client.ts';
import { metadataFacts } from '../../testing/metadata-facts.ts';
import { encodedMetadata } from '../build.ts';
import { baseProfile } from '../runtime.ts';
import { overlaid } from './profile.ts';
import { profileNamed } from './profiles.ts';

const AURORA = devAccounts['//Aurora//hot'];
const TAO = 1_000_000_000n;

describe('profile 448 beside 424', () => {
  const shape424 = metadataFacts(encodedMetadata(15));
  const shape448 = metadataFacts(encodedMetadata(15, profileNamed('448')));
  const onlyIn = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
    Object.keys(a).filter((key) => !(key in b) && !key.startsWith('type '));

  it('has baskets in place of claim types', () => {
    expect(onlyIn(shape424, shape448).sort()).toEqual([
      'api ProxyFilterRuntimeApi.get_proxy_filter',
      'calls SubtensorModule.set_root_claim_type',
      'calls SubtensorModule.sudo_set_num_root_claims',
      'errors SubtensorModule.InsufficientBalance',
      'errors SubtensorModule.InvalidNumRootClaim',
      'errors SubtensorModule.InvalidSubnetNumber',
      'events SubtensorModule.RootClaimTypeSet',
      'storage SubtensorModule.NumRootClaim',
      'storage SubtensorModule.RootClaimType',
    ]);
    const added = onlyIn(shape448, shape424);
    expect(added).toContain('api BetaBasketRuntimeApi.get_root_basket_positions');
    expect(added).toContain('storage SubtensorModule.BasketShares');
    expect(added).toContain('constant SubtensorModule.InitialMinTransfer');
    expect(added).toContain('calls SubtensorModule.claim_root_with_hotkey');
  });

  it('moves the indices of errors and events as later specs do', () => {
    const index = (key: string) => Number.parseInt(shape448[key] ?? '', 10);
    expect([
      index('errors SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed'),
      index('errors SubtensorModule.SameNetuid'),
      index('errors SubtensorModule.CannotAffordLockCost'),
      index('errors SubtensorModule.EvmKeyAssociateRateLimitExceeded'),
      index('errors SubtensorModule.ChildParentInconsistency'),
      index('errors SubtensorModule.InvalidRootClaimThreshold'),
      index('errors SubtensorModule.Deprecated'),
      index('errors SubtensorModule.UnlockAmountTooHigh'),
      index('errors SubtensorModule.AccountRejectsLockedAlpha'),
      index('errors SubtensorModule.ColdkeyCollateralPositionsFull'),
    ]).toEqual([95, 97, 117, 118, 123, 124, 128, 142, 149, 154]);
    expect([
      index('events SubtensorModule.WeightsSet'),
      index('events SubtensorModule.StakeTransferred'),
      index('events SubtensorModule.RootClaimed'),
      index('events SubtensorModule.BasketHoldingConverted'),
      index('events SubtensorModule.NetworkDissolveCleanupCompleted'),
      index('events SubtensorModule.TransactionFeePaidWithAlpha'),
      index('events SubtensorModule.StakeLocked'),
      index('events SubtensorModule.RejectLockedAlphaUpdated'),
    ]).toEqual([5, 92, 115, 119, 126, 128, 132, 142]);
  });

  it('says its spec version where clients look for it', () => {
    const profile = profileNamed('448');
    const system = profile.pallets.find(({ name }) => name === 'System');
    const [type = '', hex = ''] = system?.constants.Version ?? [];
    const version = codecOf(type).dec(fromHex(hex)) as { spec_version: number; apis: unknown[] };
    expect(version.spec_version).toBe(profile.specVersion);
    expect(version.apis).toHaveLength(25);
  });
});

test('an overlay that takes away or lays over what is not there is a defect', () => {
  const empty = { name: 'x', specVersion: 1, types: {}, apis: {} };
  const without = { ...empty, pallets: { Swap: { withoutCalls: ['invented'] } } };
  expect(() => overlaid(baseProfile, without)).toThrow('No invented to take away');
  expect(() => overlaid(baseProfile, { ...empty, pallets: { Invented: {} } })).toThrow(
    'No pallet Invented to lay over',
  );
});

test('a genesis is named with its profile, the default left out', () => {
  expect(canonicalPreset('small/424')).toBe('small');
  expect(canonicalPreset('finney@1/448')).toBe('finney/448');
  expect(() => canonicalPreset('small/999')).toThrow('there is no runtime profile "999"');
  expect(() => canonicalPreset('small/448/448')).toThrow('there is no preset "small/448/448"');
});

describe('a chain of profile 448', () => {
  const profile = profileNamed('448');
  let chain: DevChain;
  beforeAll(async () => {
    chain = await startDevChain({ profile: '448' });
  });

  const call448 = (name: string, value: unknown) =>
    encode('RuntimeCall', { type: 'SubtensorModule', value: { type: name, value } }, profile);
  const submit = (call: Uint8Array, nonce: number) =>
    chain.client.reply(
      'author_submitExtrinsic',
      signExtrinsic(call, { genesisHash: chain.node.genesisHash, nonce, specVersion: 448 }),
    );
  const read = async (name: string, ...keys: unknown[]) => {
    const item = storageItems(profile).find((one) => one.name === name);
    if (item === undefined) throw new Error(`no ${name}`);
    const hex = await chain.client.call<string | null>(
      'state_getStorage',
      toHex(encodeKey(item, keys)),
    );
    return hex === null ? undefined : codecOf(item.declaration.value).dec(fromHex(hex));
  };
  const api = async (name: string, ...args: unknown[]) => {
    const [params = {}, returns = ''] = profile.apis.BetaBasketRuntimeApi?.methods[name] ?? [];
    const types = `(${Object.values(params).join(', ')})`;
    const data = args.length === 0 ? '0x' : toHex(encode(types, args));
    const hex = await chain.client.call<string>('state_call', `BetaBasketRuntimeApi_${name}`, data);
    return codecOf(returns, profile).dec(fromHex(hex));
  };

  it('tells its version, its genesis and its metadata apart from those of 424', async () => {
    const version = await chain.client.call('state_getRuntimeVersion');
    expect(version).toMatchObject({ specVersion: 448, transactionVersion: 1 });
    expect(chain.node.preset).toBe('small/448');
    const other = await startDevChain();
    expect(other.node.genesisHash).not.toBe(chain.node.genesisHash);
    const metadata = await chain.client.call<string>('state_getMetadata');
    expect(metadata).toBe(toHex(encodedMetadata(14, profile)));
    const code = await chain.client.call('state_getStorageHash', '0x3a636f6465');
    expect(code).not.toBe(await other.client.call('state_getStorageHash', '0x3a636f6465'));
  });

  it('refuses what is signed for 424, and knows no claim types', async () => {
    const call = call448('add_stake', { hotkey: AURORA, netuid: 0, amount_staked: 100n * TAO });
    const signed = signExtrinsic(call, { genesisHash: chain.node.genesisHash });
    const { error } = await chain.client.reply('author_submitExtrinsic', signed);
    expect(error).toMatchObject({ code: 1_010, data: 'Transaction has a bad signature' });
    const claimType = encode('RuntimeCall', {
      type: 'SubtensorModule',
      value: { type: 'set_root_claim_type', value: { new_root_claim_type: { type: 'Keep' } } },
    });
    expect((await submit(claimType, 0)).error).toMatchObject({ code: 1_002 });
  });

  it('puts root dividends into baskets, and a claim redeems them for root stake', async () => {
    const stake = call448('add_stake', {
      hotkey: AURORA,
      netuid: 0,
      amount_staked: 100_000n * TAO,
    });
    expect((await submit(stake, 0)).error).toBeUndefined();
    chain.node.advance(1_100);
    const [position] = (await api('get_root_basket_positions', alice.account)) as [
      string,
      bigint,
      bigint,
    ][];
    const [hotkey, shares = 0n, taoRao = 0n] = position ?? [];
    expect(hotkey).toBe(AURORA);
    expect(taoRao).toBeGreaterThan(500_000n);
    expect(await api('get_basket_payout', AURORA, alice.account)).toBe(taoRao);
    expect(await api('get_root_basket_owed', alice.account)).toBe(taoRao);
    const issued = (await read('BasketShares', AURORA)) as bigint;
    expect(issued).toBeGreaterThan(shares);
    type Summary = { nav_tao: bigint; shares: bigint; holdings: { realizable_tao: bigint }[] };
    const summary = (await api('get_validator_basket_summary', AURORA)) as Summary;
    expect(summary.shares).toBe(issued);
    const held = summary.holdings.reduce((sum, one) => sum + one.realizable_tao, 0n);
    expect(held).toBe(summary.nav_tao);
    expect(await api('get_validator_basket_nav', AURORA)).toBe(summary.nav_tao);

    const claim = call448('claim_root_with_hotkey', { hotkey: AURORA });
    expect((await submit(claim, 1)).error).toBeUndefined();
    const events = storageItems(profile).find(({ name }) => name === 'Events');
    if (events === undefined) throw new Error('no events');
    const bytes = await chain.client.call<string>('state_getStorage', toHex(encodeKey(events, [])));
    const records = codecOf(events.declaration.value, profile).dec(fromHex(bytes)) as {
      event: { type: string; value: { type: string; value: Record<string, unknown> } };
    }[];
    const claimed = records.find(({ event }) => event.value.type === 'RootClaimed');
    const got = claimed?.event.value.value.tao as bigint;
    // One more block of dividends, and the price it moves.
    expect(got).toBeGreaterThan((taoRao * 99n) / 100n);
    expect(await read('BasketRedeemedTao', AURORA)).toBe(got);
    // Rounding leaves a share at most.
    expect(await api('get_root_basket_owed', alice.account)).toBeLessThanOrEqual(1n);
  });

  it('lists what its storage holds under keys that read back', async () => {
    const keys = await chain.client.call<string[]>('state_getKeys', '0x');
    expect(keys.length).toBeGreaterThan(1_000);
    const values = await chain.client.call<{ changes: [string, string | null][] }[]>(
      'state_queryStorageAt',
      keys,
    );
    expect(values[0]?.changes.filter(([, value]) => value === null)).toEqual([]);
  });
});

describe('an upgrade from 424 to 448 in the middle of a chain', () => {
  it('reaches connected clients, and leaves the blocks before it as they were', async () => {
    const core = createCore(openChain({ preset: 'small' }), { sealing: 'instant' });
    const client = connect(createEndpoint(core, rpcMethods));
    const subscription = await client.call('state_subscribeRuntimeVersion');
    advance(core, 800);
    const before = headHash(core.chain);
    const claimable = storageItems().find(({ name }) => name === 'RootClaimable');
    if (claimable === undefined) throw new Error('no RootClaimable');
    const key = toHex(encodeKey(claimable, [AURORA]));
    expect(await client.call('state_getStorage', key)).toMatch(/^0x0c/);
    seal(core, [{ kind: 'set-profile', profile: '448' }]);
    const versions = client.pushed(subscription) as { specVersion: number }[];
    expect(versions.map(({ specVersion }) => specVersion)).toEqual([424, 448]);
    expect(await client.call('state_getStorage', key)).toBeNull();
    expect(await client.call('state_getMetadata')).toBe(
      toHex(encodedMetadata(14, profileNamed('448'))),
    );
    // Archive: the block before still has its own runtime.
    expect(await client.call('state_getRuntimeVersion', before)).toMatchObject({
      specVersion: 424,
    });
    expect(await client.call('state_getMetadata', before)).toBe(toHex(encodedMetadata(14)));
    expect(await client.call('state_getStorage', key, before)).toMatch(/^0x0c/);
    const positions = await client.call<string>(
      'state_call',
      'BetaBasketRuntimeApi_get_root_basket_positions',
      devAccounts['//Delegator1'],
    );
    expect(positions.startsWith(`0x04${AURORA.slice(2)}`)).toBe(true);
    // Signed for what was there: refused, as on any upgraded chain.
    const call = encode('RuntimeCall', {
      type: 'System',
      value: { type: 'remark', value: { remark: '0x' } },
    });
    const { genesisHash } = core.chain;
    const old = await client.reply('author_submitExtrinsic', signExtrinsic(call, { genesisHash }));
    expect(old.error).toMatchObject({ data: 'Transaction has a bad signature' });
    const fresh = signExtrinsic(call, { genesisHash, specVersion: 448 });
    expect((await client.reply('author_submitExtrinsic', fresh)).error).toBeUndefined();
  });
});
