/**
 * Looks for what is wrong with the keys of a wallet: formats, modes, files that disagree. With a
 * way to unlock it also proves that each secret belongs to its address. Never changes anything.
 */
import { isTaoError } from '../../errors/tao-error.ts';
import { decodeUtf8, equalBytes, wipe } from '../bytes.ts';
import type { EncryptionMethod } from '../keyfile/encryption.ts';
import { parseKeyfile } from '../keyfile/keyfile-content.ts';
import type { KeyMaterial } from '../types.ts';
import { readPlaintext, type UnlockOptions } from './load-key.ts';
import { type KeyRef, keyPaths } from './names.ts';
import { type KeyState, readKeyState, readWallet, type WalletFolder } from './read-wallets.ts';

/** What every finding is about; scripts may rely on these words. */
export type FindingCode =
  | 'unreadable'
  | 'mismatch'
  | 'secrets-disagree'
  | 'public-file-missing'
  | 'not-encrypted'
  | 'old-encryption'
  | 'open-to-others'
  | 'not-portable'
  | 'development-key'
  | 'hashed-account'
  | 'password-wrong';

export type KeyFinding = {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  /** One sentence. */
  readonly message: string;
};

export type KeyReport = {
  readonly ref: KeyRef;
  readonly path: string;
  readonly address: string | undefined;
  readonly secret: KeyState['secret'];
  readonly encryption: EncryptionMethod;
  /** Permission bits of the secret file, such as 0o600. */
  readonly mode: number | undefined;
  /** `proved`: the secret was opened and gives the address. */
  readonly proof: 'proved' | 'not-opened' | 'no-secret' | 'failed';
  readonly findings: readonly KeyFinding[];
};

const OTHERS = 0o077;

/**
 * Reports on the coldkey and every hotkey of a wallet. Encrypted keys are opened only with
 * `unlock`. WALLET_NOT_FOUND; KEY_PASSWORD_MISSING from the password source; what is wrong with
 * keys is a finding.
 */
export async function checkWallet(
  folder: WalletFolder,
  wallet: string,
  unlock?: UnlockOptions,
): Promise<readonly KeyReport[]> {
  const state = await readWallet(folder, wallet);
  const refs: KeyRef[] = [
    { wallet },
    ...state.hotkeys.map(({ name }) => ({ wallet, hotkey: name })),
    ...state.strays.map((name) => ({ wallet, hotkey: name })),
  ];
  const reports: KeyReport[] = [];
  for (const ref of refs) reports.push(await checkKey(folder, ref, unlock));
  return reports;
}

async function checkKey(
  folder: WalletFolder,
  ref: KeyRef,
  unlock: UnlockOptions | undefined,
): Promise<KeyReport> {
  const path = keyPaths(folder.root, ref).secret;
  const state = await readKeyState(folder, ref);
  const mode = (await folder.files.stat(path))?.mode;
  const findings: KeyFinding[] = [...stateFindings(ref, state), ...modeFindings(mode)];
  const proof = await prove(folder, { ref, state, unlock, findings });
  const { address, secret, encryption } = state;
  return { ref, path, address, secret, encryption, mode, proof, findings };
}

function stateFindings(ref: KeyRef, state: KeyState): readonly KeyFinding[] {
  const findings: KeyFinding[] = state.problems.map(({ code, message }) => ({
    severity: 'error',
    code: code === 'KEY_MISMATCH' ? 'mismatch' : 'unreadable',
    message,
  }));
  const warn = (code: FindingCode, message: string): void => {
    findings.push({ severity: 'warning', code, message });
  };
  const hasSecret = state.secret === 'plain' || state.secret === 'encrypted';
  if (hasSecret && !state.hasPublicFile) {
    warn(
      'public-file-missing',
      'The public file is missing, so the address is known only from the secret.',
    );
  }
  if (state.secret === 'plain' && ref.hotkey === undefined && !state.isHashed) {
    warn('not-encrypted', 'The coldkey is not encrypted: whoever reads the file owns the funds.');
  }
  if (state.encryption === 'ansible' || state.encryption === 'fernet') {
    warn(
      'old-encryption',
      `The key is encrypted in an old form (${state.encryption}) that current tools may not open.`,
    );
  }
  if (state.isHashed) {
    warn(
      'hashed-account',
      'This is a hashed or ML-DSA account: it can be watched, not signed for.',
    );
  }
  return findings;
}

function modeFindings(mode: number | undefined): readonly KeyFinding[] {
  if (mode === undefined || (mode & OTHERS) === 0) return [];
  const octal = mode.toString(8).padStart(3, '0');
  const message = `Other users of this computer can reach the file (mode ${octal}); chmod 600 closes it.`;
  return [{ severity: 'warning', code: 'open-to-others', message }];
}

type Proving = {
  readonly ref: KeyRef;
  readonly state: KeyState;
  readonly unlock: UnlockOptions | undefined;
  readonly findings: KeyFinding[];
};

async function prove(folder: WalletFolder, proving: Proving): Promise<KeyReport['proof']> {
  const { ref, state, unlock, findings } = proving;
  if (state.secret === 'absent') return 'no-secret';
  if (state.secret === 'unreadable' || state.isHashed) return 'failed';
  if (state.secret === 'encrypted' && unlock === undefined) return 'not-opened';
  try {
    const plaintext = await readPlaintext(folder, ref, unlock ?? neverAsked);
    try {
      return await proveOpened(plaintext, state, findings);
    } finally {
      wipe(plaintext);
    }
  } catch (error) {
    if (!isTaoError(error) || error.code === 'KEY_PASSWORD_MISSING') throw error;
    const code = error.code === 'KEY_PASSWORD_WRONG' ? 'password-wrong' : 'unreadable';
    findings.push({
      severity: 'error',
      code: error.code === 'KEY_MISMATCH' ? 'mismatch' : code,
      message: error.message,
    });
    return 'failed';
  }
}

async function proveOpened(
  plaintext: Uint8Array,
  state: KeyState,
  findings: KeyFinding[],
): Promise<KeyReport['proof']> {
  const { openKeyfile } = await import('../keyfile/open-keyfile.ts');
  const { DEV_MNEMONIC } = await import('../keys/secret-uri.ts');
  const key = await openKeyfile(plaintext);
  wipe(key.privateKey, key.seed);
  if (state.publicKey !== undefined && state.publicKey.address !== key.address) {
    const message = `The secret belongs to ${key.address}, the files say ${state.publicKey.address}.`;
    findings.push({ severity: 'error', code: 'mismatch', message });
    return 'failed';
  }
  if (key.mnemonic === DEV_MNEMONIC) {
    const message = 'The words are the public development words: everybody has this key.';
    findings.push({ severity: 'error', code: 'development-key', message });
  }
  if (!isPortable(plaintext)) {
    const message = 'The content has fields that btcli 9 refuses, so it cannot open this key.';
    findings.push({ severity: 'warning', code: 'not-portable', message });
  }
  if (!(await secretsAgree(plaintext, key))) {
    const message =
      'The words, the seed and the private key in the file are not all of one account.';
    findings.push({ severity: 'error', code: 'secrets-disagree', message });
  }
  return 'proved';
}

/** btcli 9 reads the file as text fields only. Bare words and keys it does not read at all. */
function isPortable(plaintext: Uint8Array): boolean {
  try {
    const fields: unknown = JSON.parse(decodeUtf8(plaintext) ?? '');
    if (typeof fields !== 'object' || fields === null) return false;
    return Object.values(fields).every((value) => typeof value === 'string' || value === null);
  } catch {
    return false;
  }
}

/** Whether every secret in the file alone gives the same account. */
async function secretsAgree(plaintext: Uint8Array, key: KeyMaterial): Promise<boolean> {
  const { openContent } = await import('../keyfile/open-keyfile.ts');
  const content = parseKeyfile(plaintext, 'secret');
  if (content.kind !== 'secret') return false;
  for (const source of content.sources) {
    try {
      const alone = { ...content, sources: [source], scheme: key.scheme, stored: undefined };
      const other = await openContent(alone);
      wipe(other.privateKey, other.seed);
      if (!equalBytes(other.publicKey, key.publicKey)) return false;
    } catch (error) {
      if (isTaoError(error)) return false;
      throw error;
    }
  }
  return true;
}

const neverAsked: UnlockOptions = {
  unlocker: {
    open: async (content) => content,
    seal: async () => {
      throw new Error('A check never seals');
    },
    dispose: () => undefined,
  },
  password: async () => {
    throw new Error('A plain key needs no password');
  },
};
