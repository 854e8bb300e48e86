import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { createCountingRandom } from '../../test/helpers/wallets.ts';
import { createUnlocker, type Unlocker } from './keyfile/unlocker.ts';
import { verifyMessage } from './messages.ts';
import type { UnlockOptions } from './wallet/load-key.ts';
import { createWalletStore } from './wallet/wallet-store.ts';

/** Files made with the official Python package; see the README beside them. */
const FIXTURES = fileURLToPath(new URL('../../test/fixtures/keyfiles', import.meta.url));
const PASSWORD = 'oracle-Password-1';

const files = createMemoryFiles();
for (const entry of readdirSync(FIXTURES, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile()) files.put(`/w/${relative(FIXTURES, path)}`, readFileSync(path));
}
const store = createWalletStore({ files, root: '/w' });

let unlocker: Unlocker;
let unlock: UnlockOptions;
let derivations = 0;
beforeAll(() => {
  const onDerivation = (state: 'started' | 'finished'): void => {
    if (state === 'started') derivations += 1;
  };
  unlocker = createUnlocker({ random: createCountingRandom(), onDerivation });
  unlock = { unlocker, password: async () => PASSWORD };
});
afterAll(() => unlocker.dispose());

describe('wallets made by the official package', () => {
  it('are listed as they are', async () => {
    const rows = (await store.list()).map(({ name, coldkey, hotkeys }) => [
      `${name} ${coldkey.secret} ${coldkey.address}`,
      ...hotkeys.map((hotkey) => `${hotkey.name} ${hotkey.secret} ${hotkey.address}`),
    ]);
    expect(rows).toEqual([
      [
        'newer encrypted 5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty',
        'ed plain 5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb',
      ],
      [
        'oracle encrypted 5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX',
        'from-uri plain 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
        'locked encrypted 5EPCUjPxiHAcNooYipQFWr9NmmXJKpNG5RhcntXwbtUySrgH',
        'plain plain 5F7cAYCZEBz21YEjzSZPGyP7W2fva7qUXDexxXsVezSHyktz',
      ],
      ['watch absent 5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'],
    ]);
  });

  it('open, three encrypted files with one derivation, while the event loop lives', async () => {
    const order: string[] = [];
    const loading = store.loadKey({ wallet: 'oracle' }, unlock).finally(() => order.push('opened'));
    while (derivations === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    order.push('event loop turned');
    const coldkey = await loading;
    expect(order).toEqual(['event loop turned', 'opened']);
    expect(coldkey.mnemonic).toBe(
      'old leopard transfer rib spatial phone calm indicate online fire caution review',
    );
    const locked = await store.loadKey({ wallet: 'oracle', hotkey: 'locked' }, unlock);
    expect([locked.address, locked.seed?.length, locked.mnemonic]).toEqual([
      '5EPCUjPxiHAcNooYipQFWr9NmmXJKpNG5RhcntXwbtUySrgH',
      32,
      undefined,
    ]);
    const newer = await store.loadSigner({ wallet: 'newer' }, unlock);
    expect(newer.address).toBe('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty');
    expect(derivations).toBe(1);
  });

  it('pass the check, which says what btcli 9 cannot open', async () => {
    const reports = [
      ...(await store.check('oracle', unlock)),
      ...(await store.check('newer', unlock)),
    ];
    const rows = reports.map(({ ref, proof, findings }) => [
      ref.hotkey ?? 'coldkey',
      proof,
      ...findings.map(({ code }) => code),
    ]);
    expect(rows).toEqual([
      ['coldkey', 'proved'],
      ['from-uri', 'proved'],
      ['locked', 'proved'],
      ['plain', 'proved'],
      ['coldkey', 'proved', 'not-portable'],
      ['ed', 'proved', 'not-portable'],
    ]);
  });

  it('sign ed25519 like the official package, byte for byte', async () => {
    const signer = await store.loadSigner({ wallet: 'newer', hotkey: 'ed' }, unlock);
    const message = new TextEncoder().encode('made by the official wallet');
    expect(Buffer.from(await signer.signBytes(message)).toString('hex')).toBe(
      '30ee6c672fd7c27eda143da1a7ff3240d468310928d9d17bf57eaea4e0c37ce310e359b3158e763e404a87231e9b717bf73beebdb7af115c5c8211e117b12f02',
    );
  });

  it('make sr25519 signatures that verify here', async () => {
    const verdict = await verifyMessage({
      message: 'made by the official wallet',
      signature:
        '06b76e39a8dbabd9c79d948bf1c54e7b91280b702d03aad35bbf7bbcc1fab37c22ac9e20e849e86e4b398d217588a29ee74ae276e9ada24e722235800844f681',
      signer: '5F7cAYCZEBz21YEjzSZPGyP7W2fva7qUXDexxXsVezSHyktz',
    });
    expect(verdict.valid).toBe(true);
  });
});
