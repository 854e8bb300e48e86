/** `tao wallet create`: fresh keys in the official layout; the words leave this process once. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import { optionText, parseWalletOptions } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { readNewPassword } from '../../pipeline/passwords.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { MnemonicWordCount } from '../../signing/keys/mnemonic.ts';
import { formatKeyRef, type KeyRef, parseName } from '../../signing/wallet/names.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';
import type { Protection, WrittenKey } from '../../signing/wallet/write-key.ts';

/** Mode of a file that holds words. */
const SECRET_FILE_MODE = 0o600;

export const walletCreate: CommandBody = {
  run: async (context, raw) => {
    const name = parseName(
      raw.arguments.name?.[0] ?? parseWalletOptions(raw, context.settings).wallet,
    );
    const hotkeyName =
      raw.options['no-hotkey'] === true
        ? undefined
        : parseName(optionText(raw, 'hotkey') ?? 'default', 'hotkey');
    const outPath = optionText(raw, 'mnemonic-out');
    requireWordsOutlet(context, outPath);
    const store = openWalletStore(context, raw);
    const refs = [
      { wallet: name },
      ...(hotkeyName === undefined ? [] : [{ wallet: name, hotkey: hotkeyName }]),
    ];
    const overwrite = await confirmOverwrite({ context, raw, store, refs });
    const protection = await readProtection(context, raw);

    const { generateMnemonic } = await import('../../signing/keys/mnemonic.ts');
    const { keyFromMnemonic, wipeKey } = await import('../../signing/keys/key-material.ts');
    const wordCount = Number.parseInt(optionText(raw, 'words') ?? '12', 10) as MnemonicWordCount;
    const words = generateMnemonic(wordCount, context.random);
    if (outPath !== undefined) {
      await context.files.writeAtomic(outPath, new TextEncoder().encode(`${words}\n`), {
        mode: SECRET_FILE_MODE,
        overwrite: false,
      });
    }
    const coldkey = await keyFromMnemonic(words, { scheme: 'sr25519' });
    const written: WrittenKey[] = [
      await store.writeKey({ ref: { wallet: name }, key: coldkey, protection, overwrite }),
    ];
    wipeKey(coldkey);
    if (hotkeyName !== undefined) {
      const hotkey = await keyFromMnemonic(generateMnemonic(wordCount, context.random), {
        scheme: 'sr25519',
      });
      written.push(
        await store.writeKey({
          ref: { wallet: name, hotkey: hotkeyName },
          key: hotkey,
          protection: { kind: 'plain' },
          overwrite,
        }),
      );
      wipeKey(hotkey);
    }
    if (outPath === undefined) showWords(context, words);
    return createdResult({ name, hotkeyName, written, outPath });
  },
};

function createdResult(created: {
  readonly name: string;
  readonly hotkeyName: string | undefined;
  readonly written: readonly WrittenKey[];
  readonly outPath: string | undefined;
}) {
  const { name, written, outPath } = created;
  const coldkey = written[0]?.address ?? '';
  const hotkey = written[1]?.address ?? null;
  return {
    data: { wallet: name, coldkey, hotkey, files: written.flatMap((key) => key.files) },
    view: () =>
      [
        {
          kind: 'receipt',
          verb: 'Created',
          subject: `wallet ${name}`,
          details: [
            ['Coldkey', coldkey],
            ...(hotkey === null ? [] : [['Hotkey', `${hotkey} (${created.hotkeyName})`] as const]),
            ...(outPath === undefined ? [] : [['Words', `written to ${outPath}`] as const]),
          ],
        },
        {
          kind: 'hint',
          text: 'Send TAO to the coldkey; tao wallet balance shows when it is there.',
        },
      ] as const,
  };
}

/** The words must have somewhere to go before a key is made. */
function requireWordsOutlet(context: Context, outPath: string | undefined): void {
  if (outPath !== undefined || (context.streams.stderr.isTerminal && context.streams.canAsk))
    return;
  throw new TaoError('USAGE_MISSING', {
    message:
      "Couldn't create a wallet: its words can be shown on a terminal only, and this is none.",
    hint: 'Add --mnemonic-out FILE, and keep that file somewhere safe.',
    data: { missing: ['--mnemonic-out'] },
  });
}

/** On the terminal, once; never through a logger, never in a result. */
function showWords(context: Context, words: string): void {
  context.streams.stderr.write(
    `\nThese words restore the coldkey. Write them down now; they are not shown again.\n\n  ${words}\n\n`,
  );
}

/** Encrypted with a new password, or plain when that was asked for. */
export async function readProtection(context: Context, raw: RawInput): Promise<Protection> {
  if (raw.options.plain === true) return { kind: 'plain' };
  const password = await readNewPassword(context, raw);
  return { kind: 'encrypted', password, unlocker: context.unlocker() };
}

/**
 * Whether keys that are there may be replaced: only with --overwrite and the wallet's name typed
 * back. WALLET_EXISTS before anything is written.
 */
export async function confirmOverwrite(ask: {
  readonly context: Context;
  readonly raw: RawInput;
  readonly store: WalletStore;
  readonly refs: readonly KeyRef[];
}): Promise<boolean> {
  const { context, raw, store, refs } = ask;
  const there: string[] = [];
  for (const ref of refs) {
    const state = await store.readKey(ref);
    if (state.secret === 'absent' && state.address === undefined) continue;
    there.push(`${formatKeyRef(ref)} (${state.address ?? 'encrypted'})`);
  }
  if (there.length === 0) return false;
  if (raw.options.overwrite !== true) {
    throw new TaoError('WALLET_EXISTS', {
      message: `Couldn't write the key: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already.`,
      hint: 'Choose another name, or add --overwrite to destroy what is there.',
      data: { keys: there },
    });
  }
  const label =
    refs.length === 1 && refs[0] !== undefined ? formatKeyRef(refs[0]) : (refs[0]?.wallet ?? '');
  await askConsent(context, {
    rows: there.map((key) => ['Destroy', key] as const),
    question: `Replace ${label} for good?`,
    confirm: optionText(raw, 'confirm'),
    severe: { value: label, what: 'the name of what will be destroyed' },
  });
  return true;
}
