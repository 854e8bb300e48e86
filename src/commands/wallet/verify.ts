/** `tao wallet verify`: whether a signature is that account's over that message. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { decodeAddress, formatAddress } from '../../domain/address.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { missingOptions } from '../../pipeline/position-input.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { isDevUri, openWalletStore } from '../../pipeline/wallet-access.ts';
import { parseHex } from '../../signing/bytes.ts';
import { type Verification, verifyMessage } from '../../signing/messages.ts';
import type { Scheme } from '../../signing/types.ts';
import { parseKeyRef } from '../../signing/wallet/names.ts';
import { KEYS_EXIT_CODE } from './keys-exit-code.ts';
import { readMessage } from './message-input.ts';

export const walletVerify: CommandBody = {
  run: async (context, raw) => {
    const { signature, signerText } = await readOptions(context, raw);
    const message = await readMessage(context, raw);
    const signer = await readSigner(context, raw, signerText);
    const scheme = (optionText(raw, 'scheme') as Scheme | undefined) ?? signer.scheme;
    const verification = await verifyMessage({
      message,
      signature,
      signer: signer.address,
      ...(scheme === undefined ? {} : { scheme }),
    });
    return verifiedResult(message, signer.address, verification);
  },
};

function verifiedResult(message: string, signer: string, found: Verification): CommandResult {
  const { valid, scheme, form } = found;
  return {
    data: { valid, signer, scheme, form: form ?? null, message },
    exitCode: valid ? 0 : KEYS_EXIT_CODE,
    view: () => [
      {
        kind: 'rows',
        rows: [
          [
            'Signature',
            valid ? { text: 'valid', tone: 'good' } : { text: 'not valid', tone: 'bad' },
          ],
          ['Signer', signer],
          ['Scheme', scheme],
          ...(form === 'wrapped' ? [['Form', 'wrapped in <Bytes>'] as const] : []),
        ],
      },
      ...(valid || scheme === 'ed25519'
        ? []
        : [{ kind: 'hint', text: 'An ed25519 key needs --scheme ed25519.' } as const]),
    ],
  };
}

async function readOptions(
  { streams }: Pick<Context, 'streams'>,
  raw: RawInput,
): Promise<{ readonly signature: string; readonly signerText: string }> {
  const signature = optionText(raw, 'signature');
  const signerText = optionText(raw, 'signer');
  const missing = [
    ...(signature === undefined ? ['--signature'] : []),
    ...(signerText === undefined ? ['--signer'] : []),
  ];
  if (missing.length > 0 && !streams.canAsk) throw missingOptions(missing);
  return {
    signature: signature ?? (await streams.prompts.text('Signature (hex)')),
    signerText: signerText ?? (await streams.prompts.text("Signer's address")),
  };
}

type KnownSigner = { readonly address: string; readonly scheme: Scheme | undefined };

/** An address or public key says nothing of its scheme; a wallet of this machine does. */
async function readSigner(context: Context, raw: RawInput, text: string): Promise<KnownSigner> {
  const hex = parseHex(text);
  // Any chain's spelling will do: nothing is sent anywhere.
  const publicKey = hex?.length === 32 ? hex : decodeAddress(text)?.publicKey;
  if (publicKey !== undefined) return { address: formatAddress(publicKey), scheme: undefined };
  if (isDevUri(text)) {
    return { address: (await resolveAccount(context, text, 'dev')).address, scheme: 'sr25519' };
  }
  const { address } = await resolveAccount(context, text);
  return { address, scheme: await schemeOfWallet(context, raw, text) };
}

async function schemeOfWallet(
  context: Context,
  raw: RawInput,
  name: string,
): Promise<Scheme | undefined> {
  try {
    return (await openWalletStore(context, raw).readAddress(parseKeyRef(name))).scheme;
  } catch (error) {
    // A name of the address book.
    if (isTaoError(error, 'WALLET_NOT_FOUND')) return undefined;
    throw error;
  }
}
