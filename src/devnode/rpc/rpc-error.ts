/** Errors as a Substrate node words them over JSON-RPC: codes, messages and data of its own texts. */
import type { Invalidity } from '../runtime/validity.ts';

export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
export const METHOD_NOT_FOUND = -32_601;
export const INVALID_PARAMS = -32_602;
export const INTERNAL_ERROR = -32_603;
export const TOO_BIG = -32_007;
export const BATCH_TOO_LARGE = -32_010;
export const CLIENT_ERROR = 4_003;
const BAD_FORMAT = 1_001;
const VERIFICATION_ERROR = 1_002;
const INVALID_TRANSACTION = 1_010;
const UNKNOWN_VALIDITY = 1_011;
const ALREADY_IMPORTED = 1_013;
const TOO_LOW_PRIORITY = 1_014;
const POOL_FULL = 1_016;

const INVALID_TEXTS: Readonly<Record<string, string>> = {
  Payment: 'Inability to pay some fees (e.g. account balance too low)',
  Future: 'Transaction will be valid in the future',
  Stale: 'Transaction is outdated',
  BadProof: 'Transaction has a bad signature',
  AncientBirthBlock: 'Transaction has an ancient birth block',
};

/** Why a transaction does not enter the pool. */
export function refusedTransaction(invalidity: Invalidity): RpcError {
  if (invalidity.kind === 'custom') {
    return new RpcError(
      INVALID_TRANSACTION,
      'Invalid Transaction',
      `Custom error: ${invalidity.code}`,
    );
  }
  if (invalidity.kind === 'unknown') {
    return new RpcError(UNKNOWN_VALIDITY, 'Unknown Transaction Validity', invalidity.name);
  }
  return new RpcError(INVALID_TRANSACTION, 'Invalid Transaction', INVALID_TEXTS[invalidity.name]);
}

export const badFormat = (): RpcError =>
  new RpcError(BAD_FORMAT, 'Extrinsic has invalid format: Could not decode the length prefix');

export const undecodable = (): RpcError =>
  new RpcError(
    VERIFICATION_ERROR,
    'Verification Error: Runtime error: Execution failed: the extrinsic cannot be decoded',
    'RuntimeApi("Execution failed: the extrinsic cannot be decoded")',
  );

export const alreadyImported = (hash: string): RpcError =>
  new RpcError(ALREADY_IMPORTED, 'Transaction Already Imported', hash);

export const tooLowPriority = (old: bigint, given: bigint): RpcError =>
  new RpcError(
    TOO_LOW_PRIORITY,
    `Priority is too low: (${old} vs ${given})`,
    'The transaction has too low priority to replace another transaction already in the pool.',
  );

export const poolFull = (): RpcError =>
  new RpcError(
    POOL_FULL,
    'Immediately Dropped',
    "The transaction couldn't enter the pool because of the limit",
  );

export const invalidParams = (what: string): RpcError =>
  new RpcError(INVALID_PARAMS, 'Invalid params', what);

export const unknownBlock = (hash: string): RpcError =>
  new RpcError(CLIENT_ERROR, 'Client error: UnknownBlock', `Header was not found: ${hash}`);

export const failedCall = (method: string, why: string): RpcError =>
  new RpcError(
    CLIENT_ERROR,
    `Client error: Execution failed: Other: Exported method ${method} ${why}`,
  );
