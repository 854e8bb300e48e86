/** Faults that tests ask for through dev_*; each is used up by what it spoils. */
import type { RpcError } from '../rpc/rpc-error.ts';

/** What happens to a reply: it never comes, comes late, or comes as something else. */
export type ReplyFault =
  | { readonly kind: 'stall' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** `cut`: half of its text, which is no JSON. `result`: a result that is no such thing. */
  | { readonly kind: 'garble'; readonly how: 'cut' | 'result' };

type Planned = {
  readonly fault: ReplyFault;
  /** Only replies to this method; undefined spoils those to any but dev_*. */
  readonly method: string | undefined;
  left: number;
};

export type Faults = {
  /** The next submission is included, but its connection is dropped instead of answered. */
  dropNextSubmit: boolean;
  /** The next submission is refused with this. */
  rejectNext: RpcError | undefined;
  replies: Planned[];
};

export function createFaults(): Faults {
  return { dropNextSubmit: false, rejectNext: undefined, replies: [] };
}

/** Plans a fault for so many replies, in place of an earlier plan of its kind. */
export function planReplyFault(faults: Faults, planned: Planned): void {
  const others = faults.replies.filter(({ fault }) => fault.kind !== planned.fault.kind);
  faults.replies = planned.left > 0 ? [...others, planned] : others;
}

/** The faults for a reply to `method`, used up by asking; the developer's controls have none. */
export function takeReplyFaults(faults: Faults, method: string): readonly ReplyFault[] {
  if (faults.replies.length === 0 || method.startsWith('dev_')) return [];
  const hit = faults.replies.filter((one) => one.method === undefined || one.method === method);
  for (const one of hit) one.left -= 1;
  faults.replies = faults.replies.filter(({ left }) => left > 0);
  return hit.map(({ fault }) => fault);
}
