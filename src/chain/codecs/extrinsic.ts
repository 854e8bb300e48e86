/**
 * The bytes around a call, by the metadata's own list of signed extensions: what goes into the
 * extrinsic and what is only signed. An extension it does not know stops it unless it has no bytes.
 */
import { mergeUint8 } from '@polkadot-api/utils';
import { TaoError } from '../../errors/tao-error.ts';
import type { Call, Era, PayloadParts, Runtime } from '../types.ts';
import { encodeEra } from './era.ts';
import { formatHex } from './hex.ts';

export type PartsRequest = {
  readonly runtime: Runtime;
  readonly genesisHash: string;
  /** A call by name, or its SCALE bytes. */
  readonly call: Call | Uint8Array;
  readonly era: Era;
  readonly nonce: number;
  readonly tipRao: bigint;
  /** 32 bytes; switches the metadata hash check on (mode 1). Left out: mode 0. */
  readonly metadataHash?: Uint8Array;
};

type Contents = { readonly extra?: unknown; readonly implicit?: unknown };

/**
 * The call, the extra and the additional bytes of an extrinsic. CHAIN_UNKNOWN_EXTENSION when the
 * runtime asks for an extension with content that is not known here; CHAIN_LACKS_CALL,
 * CHAIN_ARGUMENT.
 */
export function buildParts(request: PartsRequest): PayloadParts {
  const { runtime } = request;
  const extra: Uint8Array[] = [];
  const additional: Uint8Array[] = [];
  for (const shape of runtime.extensions) {
    const contents = contentsOf(shape.identifier, request);
    if (!shape.extraIsEmpty) {
      extra.push(encodePart(runtime, shape.identifier, 'extra', contents.extra));
    }
    if (!shape.implicitIsEmpty) {
      additional.push(encodePart(runtime, shape.identifier, 'implicit', contents.implicit));
    }
  }
  return {
    call: request.call instanceof Uint8Array ? request.call : runtime.encodeCall(request.call),
    extra: mergeUint8(extra),
    additional: mergeUint8(additional),
  };
}

function contentsOf(identifier: string, request: PartsRequest): Contents {
  switch (identifier) {
    case 'CheckSpecVersion':
      return { implicit: request.runtime.specVersion };
    case 'CheckTxVersion':
      return { implicit: request.runtime.transactionVersion };
    case 'CheckGenesis':
      return { implicit: request.genesisHash };
    case 'CheckMortality':
    case 'CheckEra':
      return {
        extra: encodeEra(request.era),
        implicit: request.era.kind === 'mortal' ? request.era.birthHash : request.genesisHash,
      };
    case 'CheckNonce':
      return { extra: request.nonce };
    case 'ChargeTransactionPayment':
      return { extra: request.tipRao };
    case 'ChargeAssetTxPayment':
      return { extra: { tip: request.tipRao, asset_id: undefined } };
    case 'CheckMetadataHash':
      return {
        extra: request.metadataHash === undefined ? 'Disabled' : 'Enabled',
        implicit: optionOf(request.metadataHash),
      };
    default:
      return {};
  }
}

/** `none` stands for an option without value, to tell it from a content we do not know. */
const none = null;

function optionOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? none : formatHex(bytes);
}

function encodePart(
  runtime: Runtime,
  identifier: string,
  part: 'extra' | 'implicit',
  value: unknown,
): Uint8Array {
  if (value === undefined) {
    throw new TaoError('CHAIN_UNKNOWN_EXTENSION', {
      message: `Couldn't build the transaction: this chain asks for the signed extension "${identifier}", which this version does not know.`,
      hint: 'Look for a newer version of taostake.',
      data: { extension: identifier, part },
    });
  }
  // The era's bytes are its own form; its type in the metadata is an enum of 256 variants.
  return value instanceof Uint8Array ? value : runtime.encodeExtension(identifier, part, value);
}
