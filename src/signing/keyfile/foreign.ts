/** Files of other tools and newer account kinds: recognised, and refused in clear words. Pure. */
import { TaoError } from '../../errors/tao-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Why a file is not a key file. */
export type UnknownReason = 'binary' | 'unparsable' | 'no_key_material';

const UNKNOWN_TEXT: Record<UnknownReason, string> = {
  binary:
    'it is binary without a known header: a file of another tool (agcli writes such ones), or damaged',
  unparsable: 'it is neither JSON nor a bare key, words or address',
  no_key_material: 'it is JSON without a key or an address in it',
};

/** KEYFILE_FORMAT_UNKNOWN with the reason in its data. */
export function formatUnknown(reason: UnknownReason): TaoError {
  return new TaoError('KEYFILE_FORMAT_UNKNOWN', {
    message: `Couldn't read the key file: ${UNKNOWN_TEXT[reason]}.`,
    hint: 'Restore the file from a backup, or import the key from its words with tao wallet import.',
    data: { reason },
  });
}

/** KEYFILE_UNSUPPORTED with the reason in its data. */
export function unsupported(what: string, reason: string): TaoError {
  return new TaoError('KEYFILE_UNSUPPORTED', {
    message: `Couldn't use the key file: ${what}.`,
    hint: 'Sign with the tool that made this key; here its address can only be watched.',
    data: { reason },
  });
}

/** The refusal to sign for a hashed or ML-DSA account. */
export function hashedAccountCannotSign(): TaoError {
  return unsupported(
    'it is a hashed or ML-DSA account, whose transactions need a fresh key each',
    'hashed_account',
  );
}

/**
 * Hashed and ML-DSA accounts hold a commitment instead of a public key. Falling back to sr25519
 * would give an unrelated account, so any sign of one is enough.
 */
export function isHashedAccount(fields: Fields): boolean {
  const type = fields.cryptoType;
  const code = typeof type === 'string' ? type.trim() : String(type);
  return (
    ['4', '5', '6', '7'].includes(code) ||
    (fields.hashedDescriptor !== undefined && fields.hashedDescriptor !== null) ||
    fields.accountType === 'hashed' ||
    fields.signingScheme === 'mldsa'
  );
}

/** A polkadot-js export is no key file, but can be imported. KEYFILE_UNSUPPORTED. */
export function refusePolkadotExport(fields: Fields): void {
  if (fields.encoded === undefined || fields.encoding === undefined) return;
  throw new TaoError('KEYFILE_UNSUPPORTED', {
    message: "Couldn't use the key file: it is a polkadot-js export, not a key file.",
    hint: 'Import it with tao wallet import NAME --json-file FILE, which asks for its password.',
    data: { reason: 'polkadot_js_export' },
  });
}
