/** Whose funds an encoded call moves, where that is not who signs it: for calls that come as bytes. Pure. */
import type { Call } from '../chain/types.ts';
import { multisigAddress } from '../signing/multisig-book.ts';
import { readAccount } from '../signing/policy/call-effects.ts';

export type ActedForInCall = {
  readonly address: string;
  /** As the journal's intent keeps it for `--as`. */
  readonly acting: Readonly<Record<string, unknown>>;
};

/** Undefined for a call that moves the signer's own funds. */
export function actedForInCall(call: Call, signer: string): ActedForInCall | undefined {
  const { pallet, name, args } = call;
  if (pallet === 'Proxy' && (name === 'proxy' || name === 'proxy_announced')) {
    const address = readAccount(args.real);
    const kind = name === 'proxy' ? 'proxy' : 'announced';
    return address === undefined ? undefined : { address, acting: { kind, signer } };
  }
  if (pallet !== 'Multisig') return undefined;
  const threshold = thresholdOf(call);
  const others = args.other_signatories;
  if (threshold === undefined || !Array.isArray(others)) return undefined;
  const accounts = [...others, signer].map(readAccount);
  if (accounts.some((account) => account === undefined)) return undefined;
  const address = multisigAddress(accounts as readonly string[], threshold);
  return { address, acting: { kind: 'multisig', signer, threshold } };
}

/** Of the calls that act as the multisig; cancelling is the signatory's own call. */
function thresholdOf({ name, args }: Call): number | undefined {
  if (name === 'as_multi_threshold_1') return 1;
  const isApproval = name === 'as_multi' || name === 'approve_as_multi';
  return isApproval && typeof args.threshold === 'number' ? args.threshold : undefined;
}
