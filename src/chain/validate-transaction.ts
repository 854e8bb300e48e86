/** Asks the runtime itself what is wrong with a transaction that a node would not take. */
import { mergeUint8 } from '@polkadot-api/utils';
import { isTaoError } from '../errors/tao-error.ts';
import { formatHex, parseHex } from './codecs/hex.ts';
import { describeValidity } from './failure.ts';
import { expectHexBytes } from './replies.ts';
import type { Chain, ChainFailure } from './types.ts';

const METHOD = 'TaggedTransactionQueue_validate_transaction';
/** Chain rule: the source of a transaction that came from outside. */
const EXTERNAL = 2;
const REFUSED = 1;

/** Chain rule: the order of the framework's own enums, the same in every runtime. */
const invalidNames = [
  'Call',
  'Payment',
  'Future',
  'Stale',
  'BadProof',
  'AncientBirthBlock',
  'ExhaustsResources',
  'Custom',
  'BadMandatory',
  'MandatoryValidation',
  'BadSigner',
  'IndeterminateImplicit',
  'UnknownOrigin',
] as const;
const unknownNames = ['CannotLookup', 'NoUnsignedValidator', 'Custom'] as const;

/**
 * Why the runtime refuses these bytes now; undefined when it would take them, or cannot be asked.
 * NETWORK_ codes.
 */
export async function validateTransaction(
  chain: Chain,
  extrinsic: Uint8Array,
): Promise<ChainFailure | undefined> {
  const { hash } = await chain.at('best');
  const parts = [Uint8Array.of(EXTERNAL), extrinsic, parseHex(hash) ?? new Uint8Array()];
  try {
    const params = [METHOD, formatHex(mergeUint8(parts)), hash];
    return readValidity(expectHexBytes(await chain.rpc.request('state_call', params), METHOD));
  } catch (error) {
    if (isTaoError(error, 'RPC_REFUSED')) return undefined;
    throw error;
  }
}

/** A `Result<ValidTransaction, TransactionValidityError>`: undefined unless it is a known error. */
export function readValidity(bytes: Uint8Array): ChainFailure | undefined {
  const [result, kind, reason = -1, custom] = bytes;
  if (result !== REFUSED) return undefined;
  if (kind !== 0 && kind !== 1) return undefined;
  const name = kind === 0 ? invalidNames[reason] : unknownNames[reason];
  if (name === undefined) return undefined;
  return describeValidity(kind === 0 ? 'Invalid' : 'Unknown', name, custom);
}
