/** `tao wallet check`: what is wrong with keys, their formats, modes and pairs of files. */
import type { Context } from '../../cli/context.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { createPasswords } from '../../pipeline/passwords.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import type { KeyReport } from '../../signing/wallet/check-wallet.ts';
import type { PasswordSource, UnlockOptions } from '../../signing/wallet/load-key.ts';
import { formatKeyRef, keyPaths } from '../../signing/wallet/names.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';
import { type CheckedKey, viewCheck } from './check.view.ts';
import { readWalletArgument } from './key-argument.ts';
import { KEYS_EXIT_CODE } from './keys-exit-code.ts';

export const walletCheck: CommandBody = {
  run: async (context, raw) => {
    const store = openWalletStore(context, raw);
    const names = await readNames(context, raw, store);
    const repairs = raw.options.repair === true;
    const unlock =
      repairs || raw.options.unlock === true
        ? { unlocker: context.unlocker(), password: askingOnce(context, raw) }
        : undefined;
    const repaired: string[] = [];
    const reports: KeyReport[] = [];
    for (const name of names) {
      const found = await store.check(name, unlock);
      const fixed = repairs && unlock !== undefined ? await repair(store, found, unlock) : [];
      repaired.push(...fixed);
      reports.push(...(fixed.length === 0 ? found : await store.check(name, unlock)));
    }
    return checkedResult(store.root, reports.map(checkedKey), repaired);
  },
};

async function readNames(
  context: Context,
  raw: RawInput,
  store: WalletStore,
): Promise<readonly string[]> {
  if (raw.options.all !== true) return [readWalletArgument(context, raw)];
  if (raw.arguments.name?.[0] !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't check one wallet and --all of them.",
      hint: 'Leave one of them out.',
    });
  }
  return (await store.list()).map(({ name }) => name);
}

/** A repaired key is opened three times; its password is asked for once. */
function askingOnce(context: Context, raw: RawInput): PasswordSource {
  const { current } = createPasswords(context, raw);
  const answers = new Map<string, Promise<string>>();
  return (request) => {
    const answer = answers.get(request.path) ?? current(request);
    answers.set(request.path, answer);
    return answer;
  };
}

/** Writes the public files that are missing, from secrets that were opened and proved. */
async function repair(
  store: WalletStore,
  reports: readonly KeyReport[],
  unlock: UnlockOptions,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { ref, proof, findings } of reports) {
    const isMissing = findings.some(({ code }) => code === 'public-file-missing');
    if (proof !== 'proved' || !isMissing) continue;
    await store.restoreCompanion(ref, unlock);
    written.push(keyPaths(store.root, ref).public);
  }
  return written;
}

function checkedKey(report: KeyReport): CheckedKey {
  const { ref, path, address, secret, encryption, mode, proof, findings } = report;
  return {
    key: formatKeyRef(ref),
    path,
    address: address ?? null,
    secret,
    encryption,
    mode: mode === undefined ? null : mode.toString(8).padStart(3, '0'),
    proof,
    findings: findings.map(({ severity, code, message }) => ({ severity, code, message })),
  };
}

function checkedResult(
  path: string,
  keys: readonly CheckedKey[],
  repaired: readonly string[],
): CommandResult {
  const findings = keys.flatMap((key) => key.findings);
  const count = (severity: string) => findings.filter((f) => f.severity === severity).length;
  const data = { path, keys, errors: count('error'), warnings: count('warning'), repaired };
  return {
    data,
    view: (style) => viewCheck(data, style),
    exitCode: data.errors > 0 ? KEYS_EXIT_CODE : 0,
  };
}
