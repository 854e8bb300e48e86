/** Whose history is kept: those named, else those followed, else the default wallet. */
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import type { Ledger } from '../ledger/types.ts';
import { type NamedAddress, resolveAccount } from './resolve-address.ts';
import { openWalletStore } from './wallet-access.ts';

/** Distinct by address, in the order they were named. ADDRESS_*, WALLET_NOT_FOUND. */
export async function readSyncAccounts(
  context: Context,
  raw: RawInput,
  ledger: Ledger,
): Promise<readonly NamedAddress[]> {
  const named = await Promise.all(
    (raw.arguments.accounts ?? []).map((text) => resolveAccount(context, text)),
  );
  const followed = ledger.sync.followed().map(({ coldkey }) => {
    return { name: coldkey, address: coldkey };
  });
  if (raw.options.all === true) {
    return distinct([...named, ...(await readWallets(context, raw)), ...followed]);
  }
  if (named.length > 0) return distinct(named);
  if (followed.length > 0) return followed;
  const { wallet } = parseWalletOptions(raw, context.settings);
  return [await resolveAccount(context, wallet)];
}

/** Wallets whose coldkey says its address without being opened. */
async function readWallets(context: Context, raw: RawInput): Promise<readonly NamedAddress[]> {
  const wallets = await openWalletStore(context, raw).list();
  return wallets.flatMap(({ name, coldkey }) =>
    coldkey.address === undefined ? [] : [{ name, address: coldkey.address }],
  );
}

function distinct(accounts: readonly NamedAddress[]): readonly NamedAddress[] {
  const found = new Map<string, NamedAddress>();
  for (const account of accounts) {
    if (!found.has(account.address)) found.set(account.address, account);
  }
  return [...found.values()];
}
