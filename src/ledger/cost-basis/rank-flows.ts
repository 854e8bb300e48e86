/**
 * Orders the flows of blocks in which stake moved between positions: what came by a move can only
 * leave after it. Each coldkey's flows are known in their order; those of several are merged. Pure.
 */
import type { Flow, Move } from './find-moves.ts';

/** Rank of each flow among those of its block, by the flow's own object; only where it matters. */
export function rankFlows(
  flows: readonly Flow[],
  moves: ReadonlyMap<unknown, Move>,
): ReadonlyMap<unknown, number> {
  const blocks = new Set<number>();
  for (const flow of flows) if (moves.has(flow)) blocks.add(flow.block.number);
  const byBlock = new Map<number, Flow[]>();
  for (const flow of flows) {
    const { number } = flow.block;
    if (!blocks.has(number)) continue;
    const known = byBlock.get(number);
    if (known === undefined) byBlock.set(number, [flow]);
    else known.push(flow);
  }
  const ranks = new Map<unknown, number>();
  for (const block of byBlock.values()) {
    for (const [rank, flow] of mergeColdkeys(block, moves).entries()) ranks.set(flow, rank);
  }
  return ranks;
}

/** A move between two coldkeys waits until it is next for both. */
function mergeColdkeys(block: readonly Flow[], moves: ReadonlyMap<unknown, Move>): Flow[] {
  const queues = new Map<string, Flow[]>();
  for (const flow of block) {
    const queue = queues.get(flow.coldkey) ?? [];
    queues.set(flow.coldkey, queue);
    queue.push(flow);
  }
  const merged: Flow[] = [];
  const crossing = (flow: Flow): Flow | undefined => {
    const other = moves.get(flow)?.other;
    return other === undefined || other.coldkey === flow.coldkey ? undefined : other;
  };
  const isReady = ([first]: Flow[]): boolean => {
    const other = first === undefined ? undefined : crossing(first);
    return first !== undefined && (other === undefined || isFirst(other));
  };
  const isFirst = (flow: Flow): boolean => queues.get(flow.coldkey)?.[0] === flow;
  for (;;) {
    const open = [...queues.values()].filter((queue) => queue.length > 0);
    const queue = open.find(isReady) ?? open[0];
    const flow = queue?.shift();
    if (flow === undefined) return merged;
    merged.push(flow);
    const other = crossing(flow);
    if (other !== undefined && isFirst(other)) {
      queues.get(other.coldkey)?.shift();
      merged.push(other);
    }
  }
}
