/** What importing a coldkey and importing a hotkey share: source, gate, protection, files. */
import type { Context } from '../../cli/context.ts';
import type { CommandResult, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { KeyMaterial, PublicKey } from '../../signing/types.ts';
import { formatKeyRef, type KeyRef } from '../../signing/wallet/names.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';
import type { WrittenKey } from '../../signing/wallet/write-key.ts';
import { readImportedKey, readImportSource, readScheme, readWatchedKey } from './import-source.ts';
import { checkNewName } from './new-name.ts';
import { confirmOverwrite, refuseTaken } from './overwrite.ts';
import { readProtection } from './protection.ts';
import { refuseSharedStdin } from './secret-input.ts';

type Import = {
  readonly context: Context;
  readonly raw: RawInput;
  readonly store: WalletStore;
  readonly ref: KeyRef;
};

/** Writes the key that the options name as `ref`. WALLET_EXISTS, USAGE_, KEY_ and FILE_ codes. */
export async function importKey(
  context: Context,
  raw: RawInput,
  ref: KeyRef,
): Promise<CommandResult> {
  checkNewName(ref.wallet);
  checkNewName(ref.hotkey ?? '');
  const source = readImportSource(context, raw);
  const scheme = readScheme(raw, source);
  refuseSharedStdin(raw);
  const request: Import = { context, raw, store: openWalletStore(context, raw), ref };
  if (source === 'address') return watch(request, readWatchedKey(raw, scheme));
  await refuseSecretThere(request);
  const key = await readImportedKey({ context, raw, source, scheme });
  const { wipeKey } = await import('../../signing/keys/key-material.ts');
  try {
    return await writeImported(request, key);
  } finally {
    wipeKey(key);
  }
}

/** Found out before anybody types a secret; a watch-only key of the same account is free. */
async function refuseSecretThere({ context, raw, store, ref }: Import): Promise<void> {
  const { secret } = await store.readKey(ref);
  if (secret !== 'absent') await refuseTaken({ context, raw, store, refs: [ref] });
}

async function writeImported(request: Import, key: KeyMaterial): Promise<CommandResult> {
  const { context, raw, store, ref } = request;
  const question = { context, raw, store, refs: [ref], incoming: key.address };
  await refuseTaken(question);
  const role = ref.hotkey === undefined ? 'coldkey' : 'hotkey';
  const { protection, warnings } = await readProtection(context, raw, role);
  const overwrite = await confirmOverwrite(question);
  const written = await store.writeKey({ ref, key, protection, overwrite });
  return importedResult(written, {
    scheme: key.scheme,
    canSign: true,
    warnings: [...warnings, ...schemeWarnings(key)],
  });
}

async function watch(request: Import, key: PublicKey): Promise<CommandResult> {
  const { context, raw, store, ref } = request;
  const { secret } = await store.readKey(ref);
  if (secret !== 'absent') throw secretThere(ref);
  const overwrite = await confirmOverwrite({ context, raw, store, refs: [ref] });
  const written = await store.writeWatchOnly({ ref, key, overwrite });
  return importedResult(written, { scheme: key.scheme, canSign: false, warnings: [] });
}

function secretThere(ref: KeyRef): TaoError {
  return new TaoError('WALLET_EXISTS', {
    message: `Couldn't watch an address as ${formatKeyRef(ref)}: there is a secret key of that name.`,
    hint: 'Choose another name.',
    data: { keys: [formatKeyRef(ref)] },
  });
}

function schemeWarnings(key: PublicKey): readonly string[] {
  return key.scheme === 'ed25519' ? ['The key is ed25519: btcli 9 cannot open its file.'] : [];
}

function importedResult(
  written: WrittenKey,
  about: {
    readonly scheme: PublicKey['scheme'];
    readonly canSign: boolean;
    readonly warnings: readonly string[];
  },
): CommandResult {
  const { ref, address, files } = written;
  const { scheme, canSign, warnings } = about;
  const noun = ref.hotkey === undefined ? 'wallet' : 'hotkey';
  return {
    data: { wallet: ref.wallet, hotkey: ref.hotkey ?? null, address, scheme, canSign, files },
    warnings,
    view: () => [
      {
        kind: 'receipt',
        verb: canSign ? 'Imported' : 'Watching',
        subject: `${noun} ${formatKeyRef(ref)}`,
        details: [['Address', address]],
      },
    ],
  };
}
