/**
 * The wallet vectors ("wallet-vectors/1"): one operation per vector group, over the functions that
 * the commands use. Each takes a whole vector and answers in the shape of its `expect`.
 */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { decodeAddress, formatAddress, parseAddress } from '../../src/domain/address.ts';
import { isTaoError } from '../../src/errors/tao-error.ts';
import {
  decodeUtf8,
  encodeUtf8,
  formatBareHex,
  formatHex,
  parseHex,
} from '../../src/signing/bytes.ts';
import {
  decodeEnvironmentPassword,
  encodeEnvironmentPassword,
  environmentVariableFor,
} from '../../src/signing/environment-password.ts';
import { detectEncryption } from '../../src/signing/keyfile/encryption.ts';
import { parseKeyfile } from '../../src/signing/keyfile/keyfile-content.ts';
import { deriveNaclKey } from '../../src/signing/keyfile/nacl.ts';
import { openContent, openKeyfile } from '../../src/signing/keyfile/open-keyfile.ts';
import { serializePublic, serializeSecret } from '../../src/signing/keyfile/serialize-keyfile.ts';
import { createUnlocker, type Unlocker } from '../../src/signing/keyfile/unlocker.ts';
import { hashedAccount, hashedPublicKey } from '../../src/signing/keys/hashed-account.ts';
import {
  deriveUri,
  keyFromMnemonic,
  keyFromPrivateKey,
  keyFromUri,
} from '../../src/signing/keys/key-material.ts';
import { createKeySigner } from '../../src/signing/keys/key-signer.ts';
import { mnemonicToEntropyBytes, parseMnemonic } from '../../src/signing/keys/mnemonic.ts';
import { keyFromPolkadotJson } from '../../src/signing/keys/polkadot-json.ts';
import { toLibraryForm } from '../../src/signing/keys/scalar-form.ts';
import { signMessage, verifyMessage } from '../../src/signing/messages.ts';
import type { KeyMaterial, Scheme } from '../../src/signing/types.ts';

type Fields = Readonly<Record<string, unknown>>;

export type WalletVector = {
  readonly name: string;
  readonly inputs: Fields;
  readonly expect: Fields;
};

export type WalletOp = (vector: WalletVector) => Promise<unknown>;

/** By vector group. An answer passes when every field of `expect` is deeply equal in it. */
export const walletOps: Readonly<Record<string, WalletOp>> = {
  mnemonic_to_key: async ({ inputs }) => {
    const mnemonic = text(inputs.mnemonic);
    const passphrase = text(inputs.passphrase);
    const key = await keyFromMnemonic(mnemonic, { scheme: schemeOf(inputs), passphrase });
    const words = parseMnemonic(mnemonic).split(' ').length;
    return { entropy: formatHex(mnemonicToEntropyBytes(mnemonic)), words, ...describe(key) };
  },
  mnemonic_invalid: ({ inputs }) => validity(async () => parseMnemonic(text(inputs.mnemonic))),
  uri_to_key: async ({ inputs }) => describe(await deriveUri(text(inputs.uri), schemeOf(inputs))),
  uri_invalid: ({ inputs }) => validity(() => keyFromUri(text(inputs.uri), schemeOf(inputs))),
  private_key_to_key: async ({ inputs }) => {
    const bytes = parseHex(text(inputs.private_key)) ?? new Uint8Array(0);
    return orInvalid(async () => {
      const key = keyFromPrivateKey(bytes, schemeOf(inputs));
      const library = key.scheme === 'sr25519' ? toLibraryForm(key.privateKey) : undefined;
      return {
        ...describe(key),
        ...(library === undefined ? {} : { polkadot_secret_key: formatHex(library) }),
      };
    });
  },
  ss58: async ({ inputs }) => describeAddress(text(inputs.address)),
  kdf_argon2i: async ({ inputs }) => ({
    key: formatHex(await deriveNaclKey(text(inputs.password))),
  }),
  detect: async ({ inputs }) => ({
    method: detectEncryption(parseHex(text(inputs.hex)) ?? new Uint8Array(0)),
  }),
  keyfile_encrypted: openEncrypted,
  keyfile_decrypt_errors: async ({ inputs }) => {
    try {
      await shared().open(blobOf(inputs), text(inputs.password));
      return { error: 'none' };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  },
  keyfile_plaintext: readPlaintext,
  keyfile_portable_write: writePortable,
  polkadot_js_json: async ({ inputs }) => {
    return describe(await keyFromPolkadotJson(text(inputs.json), text(inputs.password)));
  },
  message_verify: async ({ inputs }) => {
    const { valid } = await verifyMessage({
      message: text(inputs.message),
      signature: text(inputs.signature),
      signer: text(inputs.address),
      scheme: schemeOf(inputs),
    });
    return { valid };
  },
  message_sign_ed25519: async ({ inputs }) => {
    const signer = await createKeySigner(await keyFromUri(text(inputs.uri), 'ed25519'));
    const signed = await signMessage(signer, text(inputs.message));
    return { signed_message: signed.signedMessage, signer_address: signed.signerAddress };
  },
  env_password_decode: async ({ inputs }) => ({
    password: decodeEnvironmentPassword(text(inputs.env_name), text(inputs.env_value)),
  }),
  env_password: async ({ inputs }) => {
    const variable = environmentVariableFor(text(inputs.keyfile_path));
    const value = encodeEnvironmentPassword(variable, text(inputs.password));
    return { env_name: variable, env_value: value };
  },
  hashed_account: async ({ inputs, expect }) => {
    const seed = parseHex(text(inputs.master_seed)) ?? new Uint8Array(0);
    const account = hashedAccount(seed);
    return {
      descriptor: formatHex(account.descriptor),
      account_id: formatHex(account.accountId),
      ss58: formatAddress(account.accountId),
      receiving_address: account.receivingAddress,
      ...generationKeys(seed, expect),
    };
  },
};

/** Runs one vector and says whether it passed. Unknown groups fail. */
export async function runWalletVector(
  group: string,
  vector: WalletVector,
): Promise<{ readonly pass: boolean; readonly actual: unknown }> {
  const op = walletOps[group];
  if (op === undefined) return { pass: false, actual: `no operation for the group ${group}` };
  try {
    const actual = (await op(vector)) as Fields;
    const pass = Object.entries(vector.expect).every(([name, value]) =>
      isDeepStrictEqual(actual[name], value),
    );
    return { pass, actual };
  } catch (error) {
    return { pass: false, actual: String(error) };
  }
}

/** Forgets the derived file keys that the vectors share. */
export function disposeWalletOps(): void {
  unlocker?.dispose();
  unlocker = undefined;
  derivedKeys.clear();
}

let unlocker: Unlocker | undefined;
const derivedKeys = new Map<string, string>();

/** One unlocker for all vectors, so that each password is derived once. */
function shared(): Unlocker {
  unlocker ??= createUnlocker({
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    deriveKey: async (password) => {
      const key = await deriveNaclKey(password);
      derivedKeys.set(password, formatBareHex(key));
      return key;
    },
  });
  return unlocker;
}

async function openEncrypted({ inputs, expect }: WalletVector): Promise<unknown> {
  const blob = blobOf(inputs);
  const password = text(inputs.password);
  const plaintext = await shared().open(blob, password);
  const address = expect.ss58 === undefined ? {} : { ss58: (await openKeyfile(plaintext)).address };
  return {
    method: detectEncryption(blob),
    plaintext: decodeUtf8(plaintext),
    derived_key: derivedKeys.get(password),
    ...address,
  };
}

async function readPlaintext({ inputs }: WalletVector): Promise<unknown> {
  const role = text(inputs.role).endsWith('pub') ? 'public' : 'secret';
  try {
    const content = parseKeyfile(encodeUtf8(text(inputs.text)), role);
    const hasSecret = content.kind === 'secret';
    const key = content.kind === 'public' ? content.key : await openContent(content);
    return {
      ok: true,
      ss58: key.address,
      public_key: formatHex(key.publicKey),
      crypto_type: key.scheme === 'ed25519' ? 0 : 1,
      has_secret: hasSecret,
    };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Names the required fields as they are in the file, and the forbidden ones that are not there. */
async function writePortable({ inputs, expect }: WalletVector): Promise<unknown> {
  const file = JSON.parse(decodeUtf8(await portableContent(inputs)) as string) as Fields;
  const required = expect.required as Fields;
  const forbidden = expect.must_not_contain_keys as readonly string[];
  return {
    required: Object.fromEntries(Object.keys(required).map((name) => [name, file[name]])),
    must_not_contain_keys: forbidden.filter((name) => !(name in file)),
    every_value_must_be_string_or_null: Object.values(file).every(
      (value) => typeof value === 'string' || value === null,
    ),
  };
}

async function portableContent(inputs: Fields): Promise<Uint8Array> {
  const scheme = schemeOf(inputs);
  if (inputs.mnemonic !== undefined) {
    return serializeSecret(await keyFromMnemonic(text(inputs.mnemonic), { scheme }));
  }
  const publicKey = parseAddress(text(inputs.ss58));
  return serializePublic({ scheme, publicKey, address: formatAddress(publicKey) });
}

function generationKeys(seed: Uint8Array, expect: Fields): Fields {
  const keys = Object.keys(expect).flatMap((name) => {
    const generation = /^generation_(\d+)_public_key$/.exec(name)?.[1];
    if (generation === undefined) return [];
    return [[name, formatHex(hashedPublicKey(seed, BigInt(generation)))] as const];
  });
  return Object.fromEntries(keys);
}

function describeAddress(address: string): unknown {
  const decoded = decodeAddress(address);
  if (decoded === undefined) return { valid: false };
  return {
    valid: true,
    format: decoded.prefix,
    public_key: formatHex(decoded.publicKey),
    accepted_for_bittensor: isAccepted(address),
    canonical_42: formatAddress(decoded.publicKey),
  };
}

function isAccepted(address: string): boolean {
  try {
    parseAddress(address);
    return true;
  } catch {
    return false;
  }
}

function describe(key: KeyMaterial): Fields {
  return {
    seed: key.seed === undefined ? null : formatHex(key.seed),
    private_key: formatHex(key.privateKey),
    public_key: formatHex(key.publicKey),
    ss58: key.address,
    crypto_type: key.scheme === 'ed25519' ? 0 : 1,
  };
}

function schemeOf(inputs: Fields): Scheme {
  return inputs.crypto_type === 0 ? 'ed25519' : 'sr25519';
}

function blobOf(inputs: Fields): Uint8Array {
  if (inputs.encoding !== 'hex') return encodeUtf8(text(inputs.blob));
  return parseHex(text(inputs.blob)) ?? new Uint8Array(0);
}

function reasonOf(error: unknown): unknown {
  return isTaoError(error) ? (error.data.reason ?? error.code) : String(error);
}

async function validity(work: () => Promise<unknown>): Promise<Fields> {
  return orInvalid(async () => {
    await work();
    return { valid: true };
  });
}

async function orInvalid(work: () => Promise<Fields>): Promise<Fields> {
  try {
    return await work();
  } catch (error) {
    if (isTaoError(error)) return { valid: false };
    throw error;
  }
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('The vector has another type where text belongs');
}
