/**
 * One run at a time takes the next nonce of an account: from asking for it until a node has the
 * transaction, other runs on this machine wait. Theirs is then counted after it.
 */
import { join } from 'node:path';
import type { Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { Account } from './account.ts';

/** Longer than any node needs to take a transaction in. */
export const TURN_WAIT_MS = 60_000;
const FOLDER_MODE = 0o700;

/** Releasing twice is harmless, and never fails. */
export type Turn = { readonly release: () => Promise<void> };

/** NONCE_BUSY when another run keeps the account's turn for TURN_WAIT_MS. */
export async function takeTurn(wanted: {
  readonly context: Pick<Context, 'files' | 'locks' | 'paths' | 'signal'>;
  readonly chain: Pick<Chain, 'genesisHash'>;
  /** Who signs. */
  readonly account: Pick<Account, 'address'>;
}): Promise<Turn> {
  const { context, chain, account } = wanted;
  const { address } = account;
  const folder = join(context.paths.data, 'turns');
  await context.files.makeDirectory(folder, FOLDER_MODE);
  const path = join(folder, `${chain.genesisHash.slice(2, 18)}-${address}.lock`);
  try {
    const held = await context.locks.acquire(path, {
      waitMs: TURN_WAIT_MS,
      signal: context.signal,
    });
    let isReleased = false;
    return {
      release: async () => {
        if (isReleased) return;
        isReleased = true;
        // What was sent is sent: a lock that stays is taken over once this run has ended.
        await held.release().catch(() => undefined);
      },
    };
  } catch (error) {
    if (isTaoError(error, 'FILE_LOCKED')) throw busy(address, error);
    throw error;
  }
}

function busy(address: string, cause: TaoError): TaoError {
  return new TaoError('NONCE_BUSY', {
    message: `Couldn't sign for ${address}: another run of tao has been sending for it for ${TURN_WAIT_MS / 1000} seconds.`,
    details: [cause.message],
    hint: 'Nothing was signed. Run tao tx list to see what is under way, then run the command again.',
    data: { address },
    cause,
  });
}
