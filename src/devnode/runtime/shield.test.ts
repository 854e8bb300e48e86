import { beforeEach, expect, test } from 'vitest';
import { SHIELD_KEY_BYTES, shieldExtrinsic, shieldKeyHash } from '../../chain/codecs/mev-shield.ts';
import { MAX_SHIELD_PERIOD_BLOCKS } from '../../domain/shield.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { type DevChain, startDevChain } from '../testing/dev-chain.ts';
import { alice, bob, encodeCall } from '../testing/dev-client.ts';
import { shieldKeys } from './shield-keys.ts';

const AURORA = devAccounts['//Aurora//hot'];
const TAO = 1_000_000_000n;
const NEWCOMER = `0x${'44'.repeat(32)}`;

let chain: DevChain;
beforeEach(async () => {
  chain = await startDevChain();
});

const key = async (name: string) => fromHex((await chain.read('MevShield', name)) as string);

/** The era of so many blocks in which the head is. */
function mortal(period: number) {
  const { number, hash } = chain.node.status();
  const phase = number % period;
  const encoded = (Math.log2(period) - 1) | (phase << 4);
  return { era: Uint8Array.of(encoded & 0xff, encoded >> 8), birthHash: hash };
}

const stake = () =>
  encodeCall('SubtensorModule', 'add_stake', { hotkey: AURORA, netuid: 4, amount_staked: TAO });

/** A submission of Alice's that carries `inner`, sealed for the key that is next now. */
async function submission(inner: Uint8Array, publicKey?: Uint8Array, nonce = 0): Promise<string> {
  const ciphertext = shieldExtrinsic({
    extrinsic: inner,
    publicKey: publicKey ?? (await key('NextKey')),
    secret: new Uint8Array(32).fill(3),
    nonce: new Uint8Array(24).fill(4),
  });
  const call = encodeCall('MevShield', 'submit_encrypted', { ciphertext: toHex(ciphertext) });
  return chain.sign(call, { nonce, mortal: mortal(MAX_SHIELD_PERIOD_BLOCKS) });
}

const extrinsicsOf = async (block: number) => {
  const hash = await chain.client.call<string>('chain_getBlockHash', block);
  const found = await chain.client.call<{ block: { extrinsics: string[] } }>(
    'chain_getBlock',
    hash,
  );
  return { hash, extrinsics: found.block.extrinsics };
};

test('keys rotate from next to pending to current, with the blocks they end at', async () => {
  const seen: Record<string, string[]> = { NextKey: [], PendingKey: [], CurrentKey: [] };
  for (let block = 0; block < 4; block += 1) {
    for (const name of Object.keys(seen)) seen[name]?.push(toHex(await key(name)));
    expect(await chain.read('MevShield', 'PendingKeyExpiresAt')).toBe(block + 2);
    expect(await chain.read('MevShield', 'NextKeyExpiresAt')).toBe(block + 3);
    chain.node.advance(1);
  }
  expect(seen.PendingKey?.slice(1)).toEqual(seen.NextKey?.slice(0, -1));
  expect(seen.CurrentKey?.slice(1)).toEqual(seen.PendingKey?.slice(0, -1));
  expect(new Set(seen.NextKey).size).toBe(4);
  expect(seen.NextKey?.[0]).toHaveLength(2 + 2 * SHIELD_KEY_BYTES);
  // An author's own key is the one its next block takes.
  const authors = await Promise.all(
    (['//One', '//Two', '//Three'] as const).map((name) =>
      chain.read('MevShield', 'AuthorKeys', devAccounts[name]),
    ),
  );
  expect(authors).toContain(toHex(await key('NextKey')));
  expect(authors).toContain(toHex(await key('PendingKey')));
  expect(new Set(authors).size).toBe(3);
});

test('a sealed stake is made in the block of the author it is sealed for, as its own extrinsic', async () => {
  chain.node.advance(5);
  const inner = chain.sign(stake(), { nonce: 1 });
  const outer = await submission(fromHex(inner));
  await chain.client.call('author_submitExtrinsic', outer);
  expect(chain.node.status().number).toBe(7);
  expect((await extrinsicsOf(6)).extrinsics).toHaveLength(1);
  const { hash, extrinsics } = await extrinsicsOf(7);
  expect(extrinsics.slice(1)).toEqual([outer, inner]);
  // Long after, the block is made again from its record.
  chain.node.advance(1_200);
  const events = await chain.events(hash);
  const submitted = events.find(({ name }) => name === 'MevShield.EncryptedSubmitted');
  expect(submitted).toMatchObject({ extrinsic: 1, value: { who: alice.account } });
  const made = events.filter(({ extrinsic }) => extrinsic === 2).map(({ name }) => name);
  expect(made).toContain('SubtensorModule.StakeAdded');
  expect(made.at(-1)).toBe('System.ExtrinsicSuccess');
  expect(await chain.client.call('system_accountNextIndex', alice.account)).toBe(2);
  // The submission does not say what it holds.
  expect(outer).not.toContain(toHex(stake()).slice(2));
});

test('what is inside may be of another account, which then pays for it', async () => {
  const inner = chain.sign(
    encodeCall('Balances', 'transfer_keep_alive', {
      dest: { type: 'Id', value: NEWCOMER },
      value: TAO,
    }),
    { key: bob, nonce: 0 },
  );
  const before = await chain.freeOf(bob.account);
  await chain.client.call('author_submitExtrinsic', await submission(fromHex(inner)));
  expect(await chain.freeOf(NEWCOMER)).toBe(TAO);
  expect(await chain.freeOf(bob.account)).toBeLessThan(before - TAO);
});

test.each([
  ['no extrinsic', async () => Uint8Array.of(1, 2, 3)],
  [
    'one with a wrong signature',
    async () => fromHex(chain.sign(stake(), { nonce: 1, specVersion: 1 })),
  ],
  ['one with a nonce that is used', async () => fromHex(chain.sign(stake(), { nonce: 0 }))],
])('a submission of %s is included and nothing follows it', async (_name, inner) => {
  await chain.client.call('author_submitExtrinsic', await submission(await inner()));
  const { extrinsics } = await extrinsicsOf(2);
  expect(extrinsics).toHaveLength(2);
  expect(chain.node.status()).toMatchObject({ number: 2, pending: 0 });
  expect(await chain.read('SubtensorModule', 'StakingHotkeys', alice.account)).toBeUndefined();
});

test('a stale key, bytes that are no submission and a long life are refused with their codes', async () => {
  const inner = fromHex(chain.sign(stake(), { nonce: 1 }));
  const old = await key('CurrentKey');
  const refusals = [
    [await submission(inner, old), 'Custom error: 24'],
    [
      chain.sign(encodeCall('MevShield', 'submit_encrypted', { ciphertext: '0x0102' }), {
        mortal: mortal(MAX_SHIELD_PERIOD_BLOCKS),
      }),
      'Custom error: 23',
    ],
    [
      chain.sign(encodeCall('MevShield', 'submit_encrypted', { ciphertext: '0x0102' })),
      'Transaction is outdated',
    ],
    [
      chain.sign(encodeCall('MevShield', 'submit_encrypted', { ciphertext: '0x0102' }), {
        mortal: mortal(16),
      }),
      'Transaction is outdated',
    ],
  ] as const;
  for (const [xt, data] of refusals) {
    const { error } = await chain.client.reply('author_submitExtrinsic', xt);
    expect(error).toMatchObject({ code: 1_010, data });
  }
  expect(chain.node.status()).toMatchObject({ number: 0, pending: 0 });
});

test('with blocks on demand it waits for its block, and leaves the pool when that passes it by', async () => {
  chain = await startDevChain({ blocks: { kind: 'manual' } });
  const outer = await submission(fromHex(chain.sign(stake(), { nonce: 1 })));
  await chain.client.call('author_submitExtrinsic', outer);
  chain.node.advance(1);
  expect(chain.node.status()).toMatchObject({ number: 1, pending: 1 });
  chain.node.advance(1);
  expect(chain.node.status()).toMatchObject({ number: 2, pending: 0 });
  expect((await extrinsicsOf(2)).extrinsics).toHaveLength(3);
  const gapped = await submission(fromHex(chain.sign(stake(), { nonce: 9 })), undefined, 8);
  await chain.client.call('author_submitExtrinsic', gapped);
  chain.node.advance(1);
  expect(chain.node.status().pending).toBe(1);
  chain.node.advance(1);
  expect(chain.node.status().pending).toBe(0);
});

test('the chain answers its authors: what is sealed, for whom, and what is inside', async () => {
  const inner = chain.sign(stake(), { nonce: 1 });
  const outer = fromHex(await submission(fromHex(inner)));
  const api = (method: string, data: Uint8Array) =>
    chain.client.call<string>('state_call', `ShieldApi_${method}`, toHex(data));
  const decoded = await api('try_decode_shielded_tx', outer);
  const hash = shieldKeyHash(await key('NextKey'));
  expect(decoded.startsWith(`0x01${toHex(hash).slice(2)}`)).toBe(true);
  // The next key is the current author's one block later.
  expect(await api('is_shielded_using_current_key', hash)).toBe('0x00');
  chain.node.advance(1);
  expect(await api('is_shielded_using_current_key', hash)).toBe('0x01');
  const { secretKey } = shieldKeys(chain.node.genesisHash, 2);
  const length = Uint8Array.of(((secretKey.length << 2) & 0xff) | 1, secretKey.length >> 6);
  const args = toHex(length) + toHex(secretKey).slice(2) + decoded.slice(4);
  expect(await api('try_unshield_tx', fromHex(args))).toBe(`0x01${inner.slice(2)}`);
  expect(await api('try_decode_shielded_tx', fromHex(inner))).toBe('0x00');
});
