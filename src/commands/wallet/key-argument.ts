/** Which key a command means: a wallet, or a hotkey written `WALLET/HOTKEY` or named beside --wallet. */
import type { Context } from '../../cli/context.ts';
import { optionText, parseWalletOptions } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { type KeyRef, parseKeyRef, parseName } from '../../signing/wallet/names.ts';

export type HotkeyRef = Required<KeyRef>;

/** The wallet of the `name` argument, or the default one. WALLET_NAME_INVALID, USAGE_CONFLICT. */
export function readWalletArgument(context: Context, raw: RawInput): string {
  const text = raw.arguments.name?.[0];
  if (text === undefined) return parseName(parseWalletOptions(raw, context.settings).wallet);
  refuseTwoWallets(raw, text);
  return parseName(text);
}

/** The key of the `key` argument, `WALLET` or `WALLET/HOTKEY`; the default wallet's coldkey without one. */
export function readKeyArgument(context: Context, raw: RawInput): KeyRef {
  const text = raw.arguments.key?.[0] ?? parseWalletOptions(raw, context.settings).wallet;
  const ref = parseKeyRef(text);
  if (raw.arguments.key?.[0] !== undefined) refuseTwoWallets(raw, ref.wallet);
  return ref;
}

/** The hotkey of the `name` argument: `HOTKEY` of the wallet in use, or `WALLET/HOTKEY`. */
export function readHotkeyArgument(context: Context, raw: RawInput): HotkeyRef {
  const text = raw.arguments.name?.[0] ?? '';
  const { wallet } = parseWalletOptions(raw, context.settings);
  if (!text.includes('/')) return { wallet: parseName(wallet), hotkey: parseName(text, 'hotkey') };
  const { wallet: named, hotkey } = parseKeyRef(text);
  refuseTwoWallets(raw, named);
  return { wallet: named, hotkey: hotkey ?? '' };
}

function refuseTwoWallets(raw: RawInput, named: string): void {
  const other = optionText(raw, 'wallet');
  if (other === undefined || other === named) return;
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't tell which wallet is meant: "${named}" or --wallet "${other}".`,
    hint: 'Leave one of them out.',
  });
}
