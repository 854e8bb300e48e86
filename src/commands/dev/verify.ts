/** `tao dev verify`: the embedded chain replayed from its genesis. */
import type { CommandBody } from '../../cli/spec.ts';

/** Blocks asked for at once, so that progress shows and one question stays short. */
const BLOCKS_PER_REQUEST = 1_000;

type Verified = {
  readonly number: number;
  readonly head: number;
  readonly hash?: string;
  readonly stateDigest?: string;
};

export const devVerify: CommandBody = {
  run: async (context) => {
    const control = await context.openDevChain();
    const progress = context.streams.progress('Replaying the chain');
    try {
      for (;;) {
        context.signal.throwIfAborted();
        const step = [{ blocks: BLOCKS_PER_REQUEST }];
        const verified = (await control.request('dev_verify', step)) as Verified;
        const { number, head, hash, stateDigest } = verified;
        progress.update(`Replaying the chain: block ${number} of ${head}`);
        if (hash === undefined || stateDigest === undefined) continue;
        return {
          data: { blocks: number, hash, stateDigest },
          view: () => [
            {
              kind: 'receipt',
              verb: 'Verified',
              subject: `${number} blocks`,
              details: [
                ['Head', hash],
                ['State digest', stateDigest],
              ],
            },
          ],
        };
      }
    } finally {
      progress.stop();
    }
  },
};
