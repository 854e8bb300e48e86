/** What the journal keeps of a transaction that came as a file: what its bytes say, not its text. */
import type { Call } from '../../chain/types.ts';
import { displayRao } from '../../domain/amount.ts';
import type { Intent } from '../../ledger/types.ts';
import type { Artifact } from '../../signing/artifact.ts';
import { formatHex } from '../../signing/bytes.ts';
import { readAccount } from '../../signing/policy/call-effects.ts';
import { actedForInCall } from '../acting-as-call.ts';
import { callTitle } from './explain-call.ts';

type FileIntent = Pick<Intent, 'command' | 'address' | 'intent' | 'summary'>;

/** The record's account is the one whose funds move: of a proxy or a multisig not the signer's. */
export function fileIntent(artifact: Artifact, call: Call): FileIntent {
  const actedFor = actedForInCall(call, artifact.from);
  const paid = paidAccount(call);
  return {
    command: artifact.command,
    address: actedFor?.address ?? artifact.from,
    summary: `Use a file: ${callTitle(call)}${amountOf(call)}`,
    intent: {
      call: `${call.pallet}.${call.name}`,
      callData: artifact.call.length <= KEPT_CALL_BYTES ? formatHex(artifact.call) : null,
      from: artifact.from,
      ...(paid === undefined ? {} : { to: paid }),
      ...(actedFor === undefined ? {} : { acting: actedFor.acting }),
    },
  };
}

/** Whether the transaction came as a file: who signed it may be anybody. */
export function isFromFile({ intent }: { readonly intent: Intent['intent'] }): boolean {
  return Object.hasOwn(intent, 'callData');
}

/** Longer calls are in the signed bytes anyway. */
const KEPT_CALL_BYTES = 4096;

/** Of a plain transfer, so that a later one to the same account is not a first. */
function paidAccount({ pallet, name, args }: Call): string | undefined {
  return pallet === 'Balances' && name.startsWith('transfer') ? readAccount(args.dest) : undefined;
}

function amountOf({ args }: Call): string {
  const taoRao = args.amount_staked ?? args.value;
  return typeof taoRao === 'bigint' ? `, ${displayRao(taoRao)} TAO` : '';
}
