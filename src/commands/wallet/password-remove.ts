/** `tao wallet password remove`: stores a key in the clear; its name has to be typed for it. */
import { askConsent } from '../../cli/consent.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { formatKeyRef, type KeyRef, keyPaths } from '../../signing/wallet/names.ts';
import type { KeyState } from '../../signing/wallet/read-wallets.ts';
import { readKeyArgument } from './key-argument.ts';
import { provePassword } from './prove-password.ts';

export const walletPasswordRemove: CommandBody = {
  run: async (context, raw) => {
    const ref = readKeyArgument(context, raw);
    const store = openWalletStore(context, raw);
    await store.read(ref.wallet);
    const state = await store.readKey(ref);
    const key = formatKeyRef(ref);
    const file = keyPaths(store.root, ref).secret;
    if (state.secret === 'plain') {
      return removedResult({ key, address: state.address ?? '', file, changed: false });
    }
    requireSecret(ref, state);
    const current = await provePassword(context, raw, { store, ref });
    await askConsent(context, {
      rows: [
        ['Key', `${key} (${state.address ?? 'address not known'})`],
        ['File', file],
        ['Afterwards', { text: 'whoever reads the file owns the funds', tone: 'warn' }],
      ],
      question: `Remove the password of ${key}?`,
      confirm: optionText(raw, 'confirm'),
      severe: { value: key, what: 'the name of the key' },
    });
    const { address } = await store.changeProtection({
      ref,
      current,
      protection: { kind: 'plain' },
      content: 'keep',
    });
    return removedResult({ key, address, file, changed: true });
  },
};

function requireSecret(ref: KeyRef, state: KeyState): void {
  if (state.secret !== 'absent') return;
  throw new TaoError('KEYFILE_MISSING', {
    message: `Couldn't remove the password of ${formatKeyRef(ref)}: it has no secret key here.`,
    hint: 'Run tao wallet list to see which keys there are.',
    data: { reason: 'no_secret_file', ...ref },
  });
}

function removedResult(removed: {
  readonly key: string;
  readonly address: string;
  readonly file: string;
  readonly changed: boolean;
}): CommandResult {
  const { key, address, file, changed } = removed;
  return {
    data: { key, address, file, changed, encrypted: false },
    warnings: changed ? ['The key is now stored without a password.'] : [],
    view: () => [
      changed
        ? {
            kind: 'receipt',
            verb: 'Removed',
            subject: `password of ${key}`,
            details: [
              ['Address', address],
              ['File', file],
            ],
          }
        : { kind: 'line', text: `${key} has no password; nothing was changed.` },
    ],
  };
}
