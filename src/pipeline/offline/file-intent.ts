/** What the journal keeps of a transaction that came as a file: what its bytes say, not its text. */
import type { Call } from '../../chain/types.ts';
import { displayRao } from '../../domain/amount.ts';
import type { Intent } from '../../ledger/types.ts';
import type { Artifact } from '../../signing/artifact.ts';
import { formatHex } from '../../signing/bytes.ts';
import { readAccount } from '../../signing/policy/call-effects.ts';
import { callTitle } from './explain-call.ts';

type FileIntent = Pick<Intent, 'command' | 'address' | 'intent' | 'summary'>;

/** The record's account is the one whose funds move: with a proxy another than the signer's. */
export function fileIntent(artifact: Artifact, call: Call): FileIntent {
  const real = proxiedAccount(call);
  const paid = paidAccount(call);
  return {
    command: artifact.command,
    address: real ?? artifact.from,
    summary: `Use a file: ${callTitle(call)}${amountOf(call)}`,
    intent: {
      call: `${call.pallet}.${call.name}`,
      callData: artifact.call.length <= KEPT_CALL_BYTES ? formatHex(artifact.call) : null,
      from: artifact.from,
      ...(paid === undefined ? {} : { to: paid }),
      ...(real === undefined ? {} : { acting: { kind: 'proxy', signer: artifact.from } }),
    },
  };
}

/** Longer calls are in the signed bytes anyway. */
const KEPT_CALL_BYTES = 4096;

function proxiedAccount({ pallet, name, args }: Call): string | undefined {
  const isProxy = pallet === 'Proxy' && (name === 'proxy' || name === 'proxy_announced');
  return isProxy ? readAccount(args.real) : undefined;
}

/** Of a plain transfer, so that a later one to the same account is not a first. */
function paidAccount({ pallet, name, args }: Call): string | undefined {
  return pallet === 'Balances' && name.startsWith('transfer') ? readAccount(args.dest) : undefined;
}

function amountOf({ args }: Call): string {
  const taoRao = args.amount_staked ?? args.value;
  return typeof taoRao === 'bigint' ? `, ${displayRao(taoRao)} TAO` : '';
}
