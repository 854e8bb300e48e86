/** Balances of accounts. */
import type { AccountFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { count, fieldOf, rao } from './shape.ts';

/** One account; an unknown one has zeros. */
export async function readAccount(view: BlockView, address: string): Promise<AccountFacts> {
  const [account] = await readAccounts(view, [address]);
  return account as AccountFacts;
}

/** Several accounts in one round trip, in order. */
export async function readAccounts(
  view: BlockView,
  addresses: readonly string[],
): Promise<readonly AccountFacts[]> {
  const values = await view.readMany(
    'System',
    'Account',
    addresses.map((address) => [address]),
  );
  return addresses.map((address, index) => {
    const value = values[index];
    const data = fieldOf(value, 'data');
    return {
      address,
      nonce: count(value, 'nonce'),
      freeRao: rao(data, 'free'),
      reservedRao: rao(data, 'reserved'),
      frozenRao: rao(data, 'frozen'),
    };
  });
}
