/**
 * Finds flows that are two ends of one move: stake that went to another hotkey, or to another
 * followed coldkey, of the same subnet. Chain rule: such a move trades nothing, and its two events
 * name the same alpha and the same TAO. Pinned by the accounting test on the dev chain.
 */
import type { BlockStamp, StakeFlow } from '../types.ts';

/** One end of a move, with the other one. */
export type Move = { readonly part: 'in' | 'out'; readonly other: Flow };

export type Flow = StakeFlow & { readonly block: BlockStamp };

/**
 * By the flow's own object, for both ends. Ends of one coldkey find each other first: their order
 * is known, while that of several coldkeys is whatever the facts are listed in.
 */
export function findMoves(flows: readonly Flow[]): ReadonlyMap<unknown, Move> {
  const moves = new Map<unknown, Move>();
  pairEnds(flows, moves, ({ coldkey }) => coldkey);
  pairEnds(flows, moves, () => '');
  return moves;
}

/** Pairs what has no other end yet, among flows of which `groupOf` says the same. */
function pairEnds(
  flows: readonly Flow[],
  moves: Map<unknown, Move>,
  groupOf: (flow: Flow) => string,
): void {
  const waiting = new Map<string, Flow[]>();
  for (const flow of flows) {
    if (moves.has(flow)) continue;
    const { block, netuid, alphaRao, taoRao } = flow;
    const key = `${block.hash} ${netuid} ${alphaRao} ${taoRao} ${groupOf(flow)}`;
    const open = waiting.get(key) ?? [];
    const from = open.findIndex((other) => isOtherEnd(other, flow));
    if (from < 0) {
      open.push(flow);
      waiting.set(key, open);
      continue;
    }
    const [other] = open.splice(from, 1) as [Flow];
    const [out, into] = flow.direction === 'in' ? [other, flow] : [flow, other];
    moves.set(out, { part: 'out', other: into });
    moves.set(into, { part: 'in', other: out });
  }
}

function isOtherEnd(a: Flow, b: Flow): boolean {
  if (a.direction === b.direction || a.alphaRao === 0n) return false;
  return a.hotkey !== b.hotkey || a.coldkey !== b.coldkey;
}
