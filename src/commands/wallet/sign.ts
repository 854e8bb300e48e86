/** `tao wallet sign`: signs a message as the official tool does, raw and without a prefix. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import { optionText, parseWalletOptions } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { unlockWithTries } from '../../pipeline/open-account.ts';
import { refuseDisguised } from '../../pipeline/spending/judge-message.ts';
import { isDevUri, openWalletStore, readDevKey } from '../../pipeline/wallet-access.ts';
import { encodeUtf8 } from '../../signing/bytes.ts';
import { type SignedMessage, signMessage } from '../../signing/messages.ts';
import type { Signer } from '../../signing/types.ts';
import { formatKeyRef, type KeyRef, parseName } from '../../signing/wallet/names.ts';
import { readMessage } from './message-input.ts';

/** Chain rule: a long transaction is signed as its hash, which has this many bytes. */
const TRANSACTION_HASH_BYTES = 32;

export const walletSign: CommandBody = {
  run: async (context, raw) => {
    const message = await readMessage(context, raw);
    if (message === '') throw emptyMessage();
    await refuseDisguised(context, encodeUtf8(message));
    const ref = readSigningKey(context, raw);
    await confirmHashLike(context, message, ref);
    const signer = await openSigner(context, raw, ref);
    try {
      return signedResult(message, ref, await signMessage(signer, message));
    } finally {
      signer.dispose();
    }
  },
};

function signedResult(message: string, ref: KeyRef, signed: SignedMessage) {
  const { signedMessage: signature, signerAddress: signer, scheme } = signed;
  const { wallet, hotkey } = ref;
  return {
    data: { signature, signer, scheme, message, wallet, hotkey: hotkey ?? null },
    view: () =>
      [
        {
          kind: 'rows',
          rows: [
            ['Signature', signature],
            ['Signer', signer],
            ['Scheme', scheme],
          ],
        },
        { kind: 'hint', text: `tao wallet verify checks it against the message and ${signer}.` },
      ] as const,
  };
}

/** The wallet may be a development key here: what it signs proves nothing. */
function readSigningKey(context: Context, raw: RawInput): KeyRef {
  const { wallet } = parseWalletOptions(raw, context.settings);
  const hotkey = optionText(raw, 'hotkey');
  if (isDevUri(wallet) && hotkey === undefined) return { wallet };
  const name = parseName(wallet);
  return hotkey === undefined
    ? { wallet: name }
    : { wallet: name, hotkey: parseName(hotkey, 'hotkey') };
}

async function openSigner(context: Context, raw: RawInput, ref: KeyRef): Promise<Signer> {
  if (isDevUri(ref.wallet)) {
    const { createKeySigner } = await import('../../signing/keys/key-signer.ts');
    return createKeySigner(await readDevKey(context, ref.wallet, 'dev'));
  }
  const store = openWalletStore(context, raw);
  return unlockWithTries(context, raw, (password) =>
    store.loadSigner(ref, { unlocker: context.unlocker(), password }),
  );
}

/** Whoever wrote a message of this length could use the signature on a transaction of that hash. */
async function confirmHashLike(context: Context, message: string, ref: KeyRef): Promise<void> {
  if (encodeUtf8(message).length !== TRANSACTION_HASH_BYTES) return;
  await askConsent(context, {
    rows: [
      ['Message', message],
      ['Key', formatKeyRef(ref)],
    ],
    warnings: [
      `The message has ${TRANSACTION_HASH_BYTES} bytes, as the hash of a transaction has: if somebody else made it, its signature may move your funds.`,
    ],
    question: `Sign these ${TRANSACTION_HASH_BYTES} bytes?`,
  });
}

function emptyMessage(): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: "Couldn't sign: the message is empty.",
    hint: 'Check the variable or file that it comes from.',
  });
}
