/** A full run with a key of known secrets: none of them is in any output, file, journal or cache. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFromMnemonic } from '../../src/signing/keys/key-material.ts';
import { createHome, type Home, VALIDATOR } from './tool.ts';

/** The words of all development keys: what they make is known, and worth nothing. */
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
const SEED = 'fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e';
const PASSWORD = 'xylophone-Quartz-81';
/** Where the user put secrets: everything else must be free of them. */
const OUTSIDE = 'handed-in';

let home: Home;
let outputs: string[];
let needles: readonly Buffer[];

beforeAll(async () => {
  home = createHome();
  outputs = [];
  const key = await keyFromMnemonic(WORDS, { scheme: 'sr25519' });
  expect(Buffer.from(key.seed ?? []).toString('hex')).toBe(SEED);
  const secretBytes = [Buffer.from(key.privateKey), Buffer.from(SEED, 'hex')];
  const words = WORDS.split(' ');
  needles = [
    Buffer.from(PASSWORD),
    ...secretBytes,
    ...secretBytes.flatMap((bytes) => spellings(bytes)),
    ...spellings(Buffer.from(PASSWORD)),
    // Any three words in a row, however they are joined.
    ...words.slice(2).flatMap((word, index) => {
      const three = [words[index], words[index + 1], word];
      return [' ', ',', '","', '\n', '-'].map((joint) => Buffer.from(three.join(joint)));
    }),
  ];
});
afterAll(() => home.remove());

function spellings(bytes: Buffer): readonly Buffer[] {
  const hex = bytes.toString('hex');
  // Base64 depends on where in its group a secret begins: the middle of it does not.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [hex, hex.toUpperCase(), ...base64].map((text) => Buffer.from(text));
}

const path = (name: string) => join(home.path, name);
async function run(args: readonly string[], code = 0, env: Readonly<Record<string, string>> = {}) {
  const given = { TAO_PASSWORD_FILE: path(`${OUTSIDE}/password.txt`), TAO_WALLET: 'known', ...env };
  const outcome = await home.tao(args, { env: given });
  outputs.push(outcome.stdout, outcome.stderr);
  expect(outcome.code, `tao ${args.join(' ')}\n${outcome.stdout}\n${outcome.stderr}`).toBe(code);
  return outcome.stdout;
}

/** Every file below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(inside) : [inside];
  });
}

describe('the secrets of a key', () => {
  it('are used in every way that signs', async () => {
    mkdirSync(path(OUTSIDE), { mode: 0o700 });
    writeFileSync(path(`${OUTSIDE}/words.txt`), `${WORDS}\n`, { mode: 0o600 });
    writeFileSync(path(`${OUTSIDE}/password.txt`), `${PASSWORD}\n`, { mode: 0o600 });
    const words = ['--mnemonic-file', path(`${OUTSIDE}/words.txt`)];
    const address = JSON.parse(await run(['wallet', 'import', 'known', ...words, '--json'])).data
      .address;
    await run(['dev', 'fund', address, '500']);
    const stake = ['stake', 'add', '--netuid', '8', '--hotkey', VALIDATOR, '--amount', '2'];
    await run([...stake, '--yes', '--verbose', '--request-id', 'once']);
    await run([...stake, '--yes', '--json', '--signed-out', path('held.json')]);
    await run(['tx', 'submit', path('held.json'), '--json']);
    await run([...stake, '--unsigned-out', path('plan.json')]);
    await run([
      'tx',
      'sign',
      path('plan.json'),
      '--out',
      path('signed.json'),
      '--yes',
      '--verbose',
    ]);
    await run(['tx', 'decode', path('signed.json'), '--json']);
    await run(['tx', 'submit', path('signed.json')]);
    await run(['policy', 'set', '--per-transaction', '1']);
    await run([...stake, '--yes', '--json'], 7);
    await run(['wallet', 'sign', 'hello', '--json']);
  }, 120_000);

  it('are used wrongly too', async () => {
    const stake = ['stake', 'add', '--netuid', '0', '--hotkey', VALIDATOR, '--amount', '0.5'];
    const wrong = { TAO_PASSWORD_FILE: '', TAO_PASSWORD: `${PASSWORD}x` };
    await run([...stake, '--yes', '--json'], 4, wrong);
    await run(['wallet', 'import', 'other', '--mnemonic', WORDS, '--json'], 2);
    await run(['wallet', 'show', 'known', '--json']);
    await run(['tx', 'list', '--json']);
    await run(['tx', 'show', 'last', '--json']);
  });

  it('are in no output', () => {
    const text = Buffer.from(outputs.join('\n'));
    expect(text.length).toBeGreaterThan(5_000);
    expect(needles.filter((needle) => text.includes(needle)).map(String)).toEqual([]);
  });

  it('are in no file, the encrypted key and the journal included', () => {
    const files = filesIn(home.path).filter((file) => !file.startsWith(path(OUTSIDE)));
    const names = files.join('\n');
    for (const kind of [/ledger|\.db|\.sqlite/, /coldkey$/m, /signed\.json$/m, /\.metadata$/m]) {
      expect(names).toMatch(kind);
    }
    const found = files.flatMap((file) => {
      const content = readFileSync(file);
      return needles
        .filter((needle) => content.includes(needle))
        .map((needle) => `${file}: ${needle}`);
    });
    expect(found).toEqual([]);
  });

  it('would be found where they are', () => {
    const given = ['words.txt', 'password.txt'].map((name) =>
      readFileSync(path(`${OUTSIDE}/${name}`)),
    );
    for (const content of given) {
      expect(needles.some((needle) => content.includes(needle))).toBe(true);
    }
  });
});
