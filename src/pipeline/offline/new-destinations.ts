/**
 * What in a call needs more than a yes where it is signed: accounts that this machine never met and
 * that would receive funds or rights, and calls that this tool cannot judge. Never online.
 */
import { publicNetworkOf } from '../../chain/known-networks.ts';
import type { Call } from '../../chain/types.ts';
import type { ConsentRequest } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import type { Ledger } from '../../ledger/types.ts';
import { devAddresses } from '../../signing/keys/dev-addresses.ts';
import { extrinsicHash } from '../../signing/payload.ts';
import { flattenCall } from '../../signing/policy/flatten-call.ts';
import { CONFIRMED_LENGTH } from '../plan-transfer.ts';
import { readOwnKey, wasPaid } from '../read-transfer-facts.ts';
import { openAddressBook } from '../resolve-address.ts';

/** Hex digits of a call's hash that have to be repeated. */
const HASH_DIGITS = 8;

export type Unfamiliar = {
  /** Why a yes is not enough; empty when it is. */
  readonly reasons: readonly string[];
  readonly severe: ConsentRequest['severe'];
};

/** Of one new account its end has to be repeated, of anything else the start of the call's hash. */
export async function findUnfamiliar(
  context: Context,
  given: {
    readonly call: Call;
    readonly callBytes: Uint8Array;
    readonly ledger: Pick<Ledger, 'journal' | 'genesisHash'>;
  },
): Promise<Unfamiliar> {
  const effects = flattenCall(given.call);
  if ('rule' in effects) {
    const reasons = [`This tool cannot judge the call: ${effects.reason}.`];
    return { reasons, severe: hashOf(given.callBytes) };
  }
  const unknown: string[] = [];
  for (const address of new Set(effects.flatMap(({ destinations }) => destinations))) {
    if (!(await isFamiliar(context, given.ledger, address))) unknown.push(address);
  }
  const [first] = unknown;
  if (first === undefined) return { reasons: [], severe: undefined };
  return {
    reasons: unknown.map((address) => `New here: ${address} would receive funds or rights.`),
    severe: unknown.length === 1 ? endOf(first) : hashOf(given.callBytes),
  };
}

async function isFamiliar(
  context: Context,
  { journal, genesisHash }: Pick<Ledger, 'journal' | 'genesisHash'>,
  address: string,
): Promise<boolean> {
  const isWorthless = publicNetworkOf(genesisHash) === undefined;
  if (isWorthless && Object.values(devAddresses).includes(address)) return true;
  if ((await readOwnKey(context, address)) !== undefined) return true;
  const entries = await openAddressBook(context).list();
  return entries.some((entry) => entry.address === address) || wasPaid(journal, address);
}

function endOf(address: string): NonNullable<ConsentRequest['severe']> {
  return {
    value: address.slice(-CONFIRMED_LENGTH),
    what: `the last ${CONFIRMED_LENGTH} characters of the new address`,
  };
}

function hashOf(callBytes: Uint8Array): NonNullable<ConsentRequest['severe']> {
  return {
    value: extrinsicHash(callBytes).slice(2, 2 + HASH_DIGITS),
    what: `the first ${HASH_DIGITS} digits of the call's hash`,
  };
}
