/** What happens on the chain between a plan and its block. */
import { changedFirst } from '../helpers/front-run.ts';
import type { Adapt } from './operation.ts';

type Refusal = { readonly because: string; readonly adapt: Adapt };

/** A value of the chain's storage is another one. */
export function storageChanges(
  because: string,
  item: string,
  keys: readonly unknown[],
  value: unknown,
): Refusal {
  const adapt = changedFirst('dev_setStorage', { pallet: 'SubtensorModule', item, keys, value });
  return { because, adapt };
}

/** The sender's balance is gone. */
export function balanceFalls(address: string): Refusal {
  const because = 'another device has spent the balance';
  return { because, adapt: changedFirst('dev_setBalance', address, '1000000') };
}

/** The node's queue is full. */
export const queueIsFull: Refusal = {
  because: 'the queue of the node has filled up',
  adapt: changedFirst('dev_rejectNext', {
    code: 1016,
    message: 'Immediately Dropped',
    data: "The transaction couldn't enter the pool because of the limit",
  }),
};
