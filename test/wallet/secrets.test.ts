/** After a full run no output and no file holds a secret, but the files that are there to hold it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevScript, type DevTool } from '../helpers/dev-tool.ts';

const PASSWORD = 'Zebra-Umbrella-77';
const NEW_PASSWORD = 'Quokka-Lantern-88';
/** The published vector "old-leopard": every form of one key. */
const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const SEED = 'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143';
const PRIVATE_KEY =
  '1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const VALIDATOR = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
/** What the test itself puts there, or asks for: secrets belong in them. */
const GIVEN = '/given';

let tool: DevTool;
const outputs: { readonly argv: string; readonly text: string; readonly exitCode: number }[] = [];

async function run(line: string, script: DevScript = {}): Promise<number> {
  return runWords(line.split(' '), script);
}

async function runWords(argv: readonly string[], script: DevScript = {}): Promise<number> {
  const line = argv.join(' ');
  for (const more of [[], ['--json']]) {
    // The second run meets what the first has made; whatever it says is looked through as well.
    const { stdout, stderr, exitCode } = await tool.run([...argv, ...more], script);
    outputs.push({ argv: [...argv, ...more].join(' '), text: stdout + stderr, exitCode });
    if (script.answers !== undefined) break;
  }
  return outputs.findLast(({ argv: ran }) => ran === line)?.exitCode ?? -1;
}

const give = (name: string, content: string) => tool.files.put(`${GIVEN}/${name}`, `${content}\n`);

beforeAll(async () => {
  tool = createDevTool();
  for (const [name, content] of Object.entries({
    words: MNEMONIC,
    seed: SEED,
    private: PRIVATE_KEY,
    uri: `0x${SEED}`,
    password: PASSWORD,
    next: NEW_PASSWORD,
    wrong: `${MNEMONIC.split(' ').toReversed().join(' ')}`,
    short: SEED.slice(2),
  })) {
    give(name, content);
  }
});
afterAll(() => tool.remove());

const withPassword = `--password-file ${GIVEN}/password`;

describe('a full run', () => {
  it('works', async () => {
    const codes = [
      await run(`wallet import savings --mnemonic-file ${GIVEN}/words ${withPassword}`),
      await run(`wallet import seeded --seed-file ${GIVEN}/seed ${withPassword}`),
      await run(`wallet import private --private-key-file ${GIVEN}/private ${withPassword}`),
      await run(`wallet import derived --uri-file ${GIVEN}/uri ${withPassword}`),
      await run(
        `wallet hotkey import savings/miner --mnemonic-file ${GIVEN}/words --encrypt ${withPassword}`,
      ),
      await run(
        `wallet import copied --keyfile ${tool.path}/wallets/savings/coldkey --keyfile-password-file ${GIVEN}/password ${withPassword}`,
      ),
      await run('wallet list'),
      await run('wallet show savings'),
      await run(`wallet check --all --unlock ${withPassword}`),
      await run(`wallet sign hello --wallet savings ${withPassword}`),
      await run(
        `wallet password change savings ${withPassword} --new-password-file ${GIVEN}/next --portable`,
      ),
      await run('dev fund savings 100'),
      await run('wallet balance savings'),
    ];
    expect(codes).toEqual(codes.map(() => 0));
    const next = { env: { TAO_PASSWORD_FILE: `${GIVEN}/next` } };
    const stake = `stake add --wallet savings --netuid 8 --hotkey ${VALIDATOR} --amount 1 --yes`;
    expect([
      await run('wallet transfer --wallet savings --to //Bob --amount 1 --yes', next),
      await run(stake, next),
      await run('tx list'),
    ]).toEqual([0, 0, 0]);
  });

  it('fails as it should, with a secret at hand', async () => {
    expect([
      await run(`wallet import bad --mnemonic-file ${GIVEN}/wrong ${withPassword}`),
      await run(`wallet import bad --seed-file ${GIVEN}/short ${withPassword}`),
      await run(`wallet import bad --private-key-file ${GIVEN}/seed ${withPassword}`),
      await run(`wallet import bad --uri-file ${GIVEN}/private ${withPassword}`),
      await run(`wallet import bad --json-file ${GIVEN}/words ${withPassword}`),
      await run(`wallet import bad --keyfile ${GIVEN}/password ${withPassword}`),
      await run(`wallet sign hello --wallet savings ${withPassword}`),
      await run(`wallet password remove savings --password-file ${GIVEN}/next`),
    ]).toEqual([4, 4, 4, 4, 4, 4, 4, 3]);
  });

  it('takes a secret in the wrong place without repeating it', async () => {
    for (const secret of [`0x${SEED}`, PRIVATE_KEY]) {
      expect(await run(`wallet transfer --wallet //Alice --amount 1 --yes --to ${secret}`)).toBe(2);
      expect(await run(`wallet import x --address 0x${PRIVATE_KEY}`)).toBe(2);
      expect(await run(`wallet address-book add name ${secret}`)).toBe(2);
      expect(
        await run(`wallet transfer --wallet //Alice --to //Bob --yes --amount ${secret}`),
      ).toBe(2);
    }
  });

  it('takes words for a name without repeating them', async () => {
    const plain = ['--plain', '--address', ADDRESS];
    for (const argv of [
      ['wallet', 'show', MNEMONIC],
      ['wallet', 'check', MNEMONIC],
      ['wallet', 'create', MNEMONIC, '--plain', '--mnemonic-out', `${GIVEN}/no`],
      ['wallet', 'create', SEED, '--plain', '--mnemonic-out', `${GIVEN}/no`],
      ['wallet', 'create', 'x', '--plain', '--hotkey', MNEMONIC, '--mnemonic-out', `${GIVEN}/no`],
      ['wallet', 'import', MNEMONIC, ...plain],
      ['wallet', 'import', `0x${PRIVATE_KEY}`, ...plain],
      ['wallet', 'import', `0x${SEED}//hard`, ...plain],
      ['wallet', 'show', `${MNEMONIC}//hard`],
      ['wallet', 'hotkey', 'create', `savings/${MNEMONIC}`, '--mnemonic-out', `${GIVEN}/no`],
      ['wallet', 'hotkey', 'import', `savings/${SEED}`, '--address', ADDRESS],
      ['wallet', 'transfer', '--wallet', '//Alice', '--amount', '1', '--yes', '--to', MNEMONIC],
      ['wallet', 'transfer', '--wallet', MNEMONIC, '--amount', '1', '--yes', '--to', '//Bob'],
      ['wallet', 'address-book', 'add', MNEMONIC, ADDRESS],
      ['wallet', 'verify', 'x', '--signature', SEED, '--signer', MNEMONIC],
      ['wallet', 'sign', 'x', '--wallet', 'savings', '--hotkey', MNEMONIC],
    ]) {
      expect(await runWords(argv), argv.join(' ')).not.toBe(0);
    }
  });

  it('shows fresh words once, and only on the terminal', async () => {
    await run('wallet create fresh', {
      terminal: 'all',
      answers: [
        { kind: 'secret', question: 'New password', answer: PASSWORD },
        { kind: 'secret', question: 'again', answer: PASSWORD },
      ],
    });
    const shown = outputs.flatMap(({ text }) => [
      ...text.matchAll(/^ {2}((?:[a-z]+ ){11,}[a-z]+)$/gm),
    ]);
    expect(shown).toHaveLength(1);
    const words = shown[0]?.[1] ?? '';
    await run(`wallet create written --mnemonic-out ${GIVEN}/out ${withPassword}`);
    const written = tool.files.text(`${GIVEN}/out`).trim();
    expect(written.split(' ')).toHaveLength(12);
    for (const place of places()) {
      expect(place.text.includes(written), place.name).toBe(false);
      if (place.name.startsWith('wallet create fresh')) continue;
      expect(place.text.includes(words), place.name).toBe(false);
    }
  });
});

type Place = { readonly name: string; readonly text: string };

/** Every output, and every file but those of the test itself, byte for byte. */
function places(): readonly Place[] {
  const inMemory = tool.files
    .paths()
    .filter((path) => !path.startsWith(`${GIVEN}/`))
    .map((path) => ({ name: path, text: tool.files.text(path) }));
  const onDisk = readdirSync(tool.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path, text: readFileSync(path, 'latin1') };
    });
  return [...outputs.map(({ argv, text }) => ({ name: argv, text })), ...inMemory, ...onDisk];
}

/** A secret in every spelling that could slip through. */
function spellings(hex: string): readonly string[] {
  const bytes = Buffer.from(hex, 'hex');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [hex, hex.toUpperCase(), base64, bytes.toString('base64url'), bytes.toString('latin1')];
}

describe('afterwards', () => {
  const secrets: readonly (readonly [string, readonly string[]])[] = [
    ['mnemonic', [MNEMONIC, MNEMONIC.split(' ').slice(0, 3).join(' '), 'leopard']],
    ['reversed mnemonic', ['review caution fire']],
    ['seed', spellings(SEED)],
    ['private key', spellings(PRIVATE_KEY)],
    ['half of the private key', [PRIVATE_KEY.slice(0, 64), PRIVATE_KEY.slice(64)]],
    ['password', [PASSWORD, Buffer.from(PASSWORD).toString('base64')]],
    ['new password', [NEW_PASSWORD, Buffer.from(NEW_PASSWORD).toString('base64')]],
  ];

  it.each(secrets)('no output and no file holds the %s', (_, spelled) => {
    const all = places();
    expect(all.length).toBeGreaterThan(70);
    for (const { name, text } of all) {
      for (const spelling of spelled) {
        expect(text.includes(spelling), `${spelling} in ${name}`).toBe(false);
      }
    }
  });

  it('the look finds what is there', () => {
    const all = places();
    expect(all.some(({ text }) => text.includes(ADDRESS))).toBe(true);
    expect(all.some(({ name }) => name.includes('ledger-'))).toBe(true);
    expect(all.some(({ name }) => name.endsWith('savings/coldkey'))).toBe(true);
  });
});
