/** Finds the account of `--as`: an address or name is acted for as a proxy, a saved multisig as a signatory. */
import type { Context } from '../cli/context.ts';
import { looksLikeAddress } from '../domain/address.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Account } from './account.ts';
import { actFor } from './acting-as.ts';
import { requireSignatory } from './acting-as-multisig.ts';
import { openMultisigBook, resolveAccount } from './resolve-address.ts';

/**
 * ADDRESS_*, MULTISIG_NOT_SIGNATORY; USAGE_INVALID for the signer itself. A multisig is meant by
 * its name: its address alone is an account like any other, which may have given proxies.
 */
export async function openActedFor(
  context: Context,
  signer: Account,
  text: string,
): Promise<Account> {
  const real = await resolveAccount(context, text);
  const multisig = looksLikeAddress(text) ? undefined : await openMultisigBook(context).find(text);
  if (multisig !== undefined) {
    requireSignatory(multisig, signer);
    return actFor(signer, real, { kind: 'multisig', multisig });
  }
  if (real.address !== signer.address) return actFor(signer, real, { kind: 'proxy' });
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't act for ${real.address}: it is the account that signs.`,
    hint: 'Leave --as out, or name another account.',
    data: { account: real.address },
  });
}
