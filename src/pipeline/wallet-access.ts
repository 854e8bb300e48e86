/** The wallet folder of this run, and the one place that knows development accounts (`//Alice`). */
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { TaoError } from '../errors/tao-error.ts';
import { devAddresses } from '../signing/keys/dev-addresses.ts';
import type { KeyMaterial } from '../signing/types.ts';
import { createWalletStore, type WalletStore } from '../signing/wallet/wallet-store.ts';

export function openWalletStore(context: Context, raw: RawInput): WalletStore {
  const { walletPath } = parseWalletOptions(raw, context.settings);
  return createWalletStore({ files: context.files, root: walletPath });
}

/** Whether a text names a well-known development key: `//Alice`, `//Bob//stash`. */
export function isDevUri(text: string): boolean {
  return text.startsWith('//');
}

/** The address of a development URI, mostly without deriving its key. Refused as `readDevKey`. */
export async function readDevAddress(
  context: Context,
  uri: string,
  scope?: 'dev',
): Promise<string> {
  assertWorthless(context, uri, scope);
  return devAddresses[uri] ?? (await readDevKey(context, uri, scope)).address;
}

/** The key of a development URI. Anybody knows it, so it is refused wherever TAO has value. */
export async function readDevKey(
  context: Context,
  uri: string,
  scope?: 'dev',
): Promise<KeyMaterial> {
  assertWorthless(context, uri, scope);
  const { keyFromUri } = await import('../signing/keys/key-material.ts');
  return keyFromUri(uri, 'sr25519');
}

function assertWorthless(context: Context, uri: string, scope: 'dev' | undefined): void {
  const network = context.network();
  const isWorthless =
    scope === 'dev' ||
    network.kind === 'dev' ||
    network.kind === 'local' ||
    isLoopback(network.url);
  if (isWorthless) return;
  throw new TaoError('WALLET_NO_KEY', {
    message: `Couldn't use ${uri} on ${network.name}: everybody knows the keys of development accounts.`,
    hint: 'Use a wallet of your own with --wallet, or add --network dev.',
    data: { uri, network: network.name },
  });
}

function isLoopback(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
