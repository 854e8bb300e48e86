/** The node's reports on a watched transaction, sorted. Pure. */
import { isHex } from './codecs/hex.ts';
import { isRecord } from './replies.ts';

export type PoolReport =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'in-block'; readonly blockHash: string }
  /** The block that held it is no longer part of the chain. */
  | { readonly kind: 'retracted' }
  | { readonly kind: 'finalized'; readonly blockHash: string }
  /** In a block, but finality did not come in time. */
  | { readonly kind: 'finality-timeout'; readonly blockHash: string }
  /** No longer in this node's pool. Another node may still have it. */
  | { readonly kind: 'gone'; readonly reason: string };

/** Sorts one message of `author_submitAndWatchExtrinsic`. Unknown ones count as waiting. */
export function parsePoolReport(message: unknown): PoolReport {
  if (message === 'ready') return { kind: 'broadcast' };
  if (message === 'dropped') return gone('the node dropped it from its pool');
  if (message === 'invalid') return gone('the node found it invalid after accepting it');
  if (!isRecord(message)) return { kind: 'waiting' };
  if ('broadcast' in message) return { kind: 'broadcast' };
  if ('usurped' in message) return gone('another transaction with its nonce took its place');
  if ('retracted' in message) return { kind: 'retracted' };
  if (isHex(message.inBlock)) return { kind: 'in-block', blockHash: message.inBlock };
  if (isHex(message.finalized)) return { kind: 'finalized', blockHash: message.finalized };
  if (isHex(message.finalityTimeout)) {
    return { kind: 'finality-timeout', blockHash: message.finalityTimeout };
  }
  return { kind: 'waiting' };
}

function gone(reason: string): PoolReport {
  return { kind: 'gone', reason };
}
