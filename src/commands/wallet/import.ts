/** `tao wallet import`: a key from words, seed or URI, or an address to watch. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { formatAddress, parseAddress } from '../../domain/address.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { KeyMaterial } from '../../signing/types.ts';
import { parseName } from '../../signing/wallet/names.ts';
import type { WrittenKey } from '../../signing/wallet/write-key.ts';
import { confirmOverwrite, readProtection } from './create.ts';

/** Longest secret file. */
const SECRET_LIMIT_BYTES = 8192;
const SOURCES = ['mnemonic-file', 'seed-file', 'uri-file', 'address'] as const;

export const walletImport: CommandBody = {
  run: async (context, raw) => {
    const name = parseName(raw.arguments.name?.[0] ?? '');
    const hotkeyText = optionText(raw, 'hotkey');
    const hotkey = hotkeyText === undefined ? undefined : parseName(hotkeyText, 'hotkey');
    const source = readSource(raw);
    const store = openWalletStore(context, raw);
    const ref = hotkey === undefined ? { wallet: name } : { wallet: name, hotkey };
    const overwrite = await confirmOverwrite({ context, raw, store, refs: [ref] });

    if (source === 'address') {
      const publicKey = parseAddress(optionText(raw, 'address') ?? '');
      const key = { scheme: 'sr25519', publicKey, address: formatAddress(publicKey) } as const;
      const written = await store.writeWatchOnly({ ref, key, overwrite });
      return importedResult({ name, hotkey, written, canSign: false });
    }
    const key = await readKey(context, raw, source);
    const { wipeKey } = await import('../../signing/keys/key-material.ts');
    try {
      const protection = await readProtection(context, raw);
      const written = await store.writeKey({ ref, key, protection, overwrite });
      return importedResult({ name, hotkey, written, canSign: true });
    } finally {
      wipeKey(key);
    }
  },
};

type Source = (typeof SOURCES)[number] | 'prompt';

/** The one source that was named; a prompt for words when none was. USAGE_CONFLICT. */
function readSource(raw: RawInput): Source {
  const given = SOURCES.filter((name) => optionText(raw, name) !== undefined);
  if (given.length <= 1) return given[0] ?? 'prompt';
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell what to import: ${given.map((name) => `--${name}`).join(' and ')} exclude each other.`,
    hint: 'Leave all but one out.',
  });
}

/** MNEMONIC_INVALID, SEED_INVALID, URI_INVALID, USAGE_MISSING; the secret itself is never repeated. */
async function readKey(context: Context, raw: RawInput, source: Source): Promise<KeyMaterial> {
  const keys = await import('../../signing/keys/key-material.ts');
  const text =
    source === 'prompt'
      ? await askForWords(context)
      : await readSecretText(context, optionText(raw, source) ?? '');
  if (source === 'seed-file') return keys.keyFromSeed(keys.parseSeed(text), 'sr25519');
  if (source === 'uri-file') return keys.keyFromUri(text, 'sr25519');
  return keys.keyFromMnemonic(text, { scheme: 'sr25519' });
}

async function askForWords(context: Context): Promise<string> {
  if (context.streams.canAsk) return context.streams.prompts.secret('Words of the mnemonic');
  throw new TaoError('USAGE_MISSING', {
    message: "Couldn't import: no secret was given, and nobody can be asked.",
    hint: 'Add --mnemonic-file, --seed-file or --uri-file (- is standard input), or --address to watch.',
    data: { missing: ['--mnemonic-file'] },
  });
}

async function readSecretText(context: Context, path: string): Promise<string> {
  const content =
    path === '-'
      ? await context.streams.readStdin(SECRET_LIMIT_BYTES)
      : await context.files.read(path, SECRET_LIMIT_BYTES);
  if (content === undefined) {
    throw new TaoError('USAGE_MISSING', {
      message:
        path === '-'
          ? "Couldn't import: standard input is a terminal, not a secret."
          : `Couldn't import: there is no file ${path}.`,
      hint: 'Name a file that holds the secret.',
      data: { path },
    });
  }
  return new TextDecoder().decode(content).trim();
}

function importedResult(imported: {
  readonly name: string;
  readonly hotkey: string | undefined;
  readonly written: WrittenKey;
  readonly canSign: boolean;
}) {
  const { name, hotkey, written, canSign } = imported;
  return {
    data: {
      wallet: name,
      hotkey: hotkey ?? null,
      address: written.address,
      canSign,
      files: written.files,
    },
    view: () =>
      [
        {
          kind: 'receipt',
          verb: canSign ? 'Imported' : 'Watching',
          subject: hotkey === undefined ? `wallet ${name}` : `hotkey ${name}/${hotkey}`,
          details: [['Address', written.address]],
        },
      ] as const,
  };
}
