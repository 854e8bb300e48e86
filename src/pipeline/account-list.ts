/** The accounts a command looks at: one, or with `--all` every coldkey of the wallet folder. */
import type { Context } from '../cli/context.ts';
import type { RawInput } from '../cli/spec.ts';
import { TaoError } from '../errors/tao-error.ts';
import { type NamedAddress, readAccountArgument } from './resolve-address.ts';
import { openWalletStore } from './wallet-access.ts';

/** USAGE_CONFLICT for an account beside `--all`, ADDRESS_*, WALLET_NOT_FOUND. */
export async function readAccountList(
  context: Context,
  raw: RawInput,
): Promise<readonly NamedAddress[]> {
  if (raw.options.all !== true) return [await readAccountArgument(context, raw)];
  if (raw.arguments.account?.[0] !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't show one account and --all wallets.",
      hint: 'Leave one of them out.',
    });
  }
  const wallets = await openWalletStore(context, raw).list();
  return wallets.flatMap((wallet) =>
    wallet.coldkey.address === undefined
      ? []
      : [{ name: wallet.name, address: wallet.coldkey.address }],
  );
}
