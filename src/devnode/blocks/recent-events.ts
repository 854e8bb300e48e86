/** The events of the newest blocks, so that who watches transactions needs no old state for them. */

/** Blocks and bytes kept. */
const MAX_BLOCKS = 1_024;
const MAX_BYTES = 4 * 1024 * 1024;

export type BlockEvents = {
  readonly events: Uint8Array;
  readonly eventCount: number;
  /** The runtime they are encoded for. */
  readonly profile: string;
};

export type RecentEvents = {
  readonly push: (number: number, of: BlockEvents) => void;
  readonly at: (number: number) => BlockEvents | undefined;
};

export function createRecentEvents(): RecentEvents {
  const byNumber = new Map<number, BlockEvents>();
  let bytes = 0;
  return {
    push(number, block) {
      byNumber.set(number, block);
      bytes += block.events.length;
      for (const [oldest, { events: gone }] of byNumber) {
        if (byNumber.size <= MAX_BLOCKS && bytes <= MAX_BYTES) break;
        byNumber.delete(oldest);
        bytes -= gone.length;
      }
    },
    at: (number) => byNumber.get(number),
  };
}
