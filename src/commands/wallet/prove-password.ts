/** Opens a key with its password before anything about it is changed, and keeps that password. */
import type { Context } from '../../cli/context.ts';
import type { RawInput } from '../../cli/spec.ts';
import { unlockWithTries } from '../../pipeline/open-account.ts';
import type { UnlockOptions } from '../../signing/wallet/load-key.ts';
import type { KeyRef } from '../../signing/wallet/names.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';

/** How to open the key again, without another question or derivation. KEY_ and KEYFILE_ codes. */
export async function provePassword(
  context: Context,
  raw: RawInput,
  key: { readonly store: WalletStore; readonly ref: KeyRef },
): Promise<UnlockOptions> {
  const unlocker = context.unlocker();
  const { wipeKey } = await import('../../signing/keys/key-material.ts');
  return unlockWithTries(context, raw, async (password) => {
    let proved = '';
    const remembering: UnlockOptions = {
      unlocker,
      password: async (request) => {
        proved = await password(request);
        return proved;
      },
    };
    wipeKey(await key.store.loadKey(key.ref, remembering));
    return { unlocker, password: async () => proved };
  });
}
