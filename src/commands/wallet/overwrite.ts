/** The gate before a key that is there is destroyed: --overwrite, and its name typed back. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { formatKeyRef, type KeyRef } from '../../signing/wallet/names.ts';
import type { KeyState } from '../../signing/wallet/read-wallets.ts';
import type { WalletStore } from '../../signing/wallet/wallet-store.ts';

export type OverwriteQuestion = {
  readonly context: Context;
  readonly raw: RawInput;
  readonly store: WalletStore;
  readonly refs: readonly KeyRef[];
  /** The account about to be written: a watch-only key of the same account may get its secret. */
  readonly incoming?: string;
};

/** Whether keys may be replaced. WALLET_EXISTS before anything is written; CONSENT_ codes. */
export async function confirmOverwrite(question: OverwriteQuestion): Promise<boolean> {
  const { context, raw, refs } = question;
  const there = await refuseTaken(question);
  if (there.length === 0) return false;
  const [first] = refs;
  if (first === undefined) return false;
  const label = refs.length === 1 ? formatKeyRef(first) : first.wallet;
  await askConsent(context, {
    rows: there.map((key) => ['Destroy', key] as const),
    question: `Replace ${label} for good?`,
    confirm: optionText(raw, 'confirm'),
    severe: { value: label, what: 'the name of what will be destroyed' },
  });
  return true;
}

/** What would be destroyed, as texts. WALLET_EXISTS where --overwrite was not given. */
export async function refuseTaken(question: OverwriteQuestion): Promise<readonly string[]> {
  const { raw, store, refs, incoming } = question;
  const there: string[] = [];
  for (const ref of refs) {
    const state = await store.readKey(ref);
    if (isFree(state, incoming)) continue;
    there.push(`${formatKeyRef(ref)} (${state.address ?? 'address not known'})`);
  }
  if (there.length === 0 || raw.options.overwrite === true) return there;
  throw new TaoError('WALLET_EXISTS', {
    message: `Couldn't write the key: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already.`,
    hint: 'Choose another name, or add --overwrite to destroy what is there.',
    data: { keys: there },
  });
}

function isFree(state: KeyState, incoming: string | undefined): boolean {
  if (state.secret !== 'absent' || state.problems.length > 0) return false;
  return !state.hasPublicFile || (incoming !== undefined && state.address === incoming);
}
