/**
 * Finds flows that are two ends of one move: stake that went to another hotkey, or to another
 * followed coldkey, of the same subnet. Chain rule: such a move trades nothing, and its two events
 * name the same alpha and the same TAO. Pinned by the accounting test on the dev chain.
 */
import type { BlockStamp, StakeFlow } from '../types.ts';

/** One end of a move, with the other one. */
export type Move = { readonly part: 'in' | 'out'; readonly other: Flow };

export type Flow = StakeFlow & { readonly block: BlockStamp };

/** By the flow's own object, for both ends. */
export function findMoves(flows: readonly Flow[]): ReadonlyMap<unknown, Move> {
  const moves = new Map<unknown, Move>();
  const waiting = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = `${flow.block.hash} ${flow.netuid} ${flow.alphaRao} ${flow.taoRao}`;
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
  return moves;
}

function isOtherEnd(a: Flow, b: Flow): boolean {
  if (a.direction === b.direction || a.alphaRao === 0n) return false;
  return a.hotkey !== b.hotkey || a.coldkey !== b.coldkey;
}
