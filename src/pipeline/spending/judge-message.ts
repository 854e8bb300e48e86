/**
 * A message must not be a transaction in disguise. Messages are signed raw, as the official tools
 * do, so the signature of one that has the bytes of a transaction's payload is that transaction's.
 */
import type { Context } from '../../cli/context.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { openPolicyFile } from './open-policy.ts';

/** Chain rule: a payload of more than 256 bytes is signed as its hash, which has this many. */
const HASH_BYTES = 32;

/**
 * POLICY_REFUSED, where a policy is set, for a message that could be a payload: it has the length
 * of a hash, or a zero byte, which every payload has in the versions it names. POLICY_DAMAGED.
 */
export async function refuseDisguised(
  context: Pick<Context, 'files' | 'paths'>,
  message: Uint8Array,
): Promise<void> {
  const isSuspect = message.length === HASH_BYTES || message.includes(0);
  if (!isSuspect || (await openPolicyFile(context).read()) === undefined) return;
  throw new TaoError('POLICY_REFUSED', {
    message:
      "Couldn't sign: the spending policy does not allow it: the message could be a transaction in disguise.",
    hint: `Sign a message of another length than ${HASH_BYTES} bytes, without zero bytes.`,
    data: { rule: 'message' },
  });
}
