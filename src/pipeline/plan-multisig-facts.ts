/** Reads the open approvals of a multisig, the calls behind them, and what a call weighs. */
import { buildParts } from '../chain/codecs/extrinsic.ts';
import { formatHex, parseHex } from '../chain/codecs/hex.ts';
import { dummySigned } from '../chain/fees.ts';
import { readExtrinsics } from '../chain/outcome.ts';
import { address, asAddress, asList, asRao, count, fieldOf, rao } from '../chain/queries/shape.ts';
import type { BlockView, Call, Chain } from '../chain/types.ts';
import { parseAddress } from '../domain/address.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { OpenApproval, Weight } from './acting-as-multisig.ts';
import { callOf } from './call-input.ts';

/** Every open approval of the account, oldest first. */
export async function readOpenApprovals(
  view: BlockView,
  multisig: string,
): Promise<readonly OpenApproval[]> {
  const entries = await view.entries('Multisig', 'Multisigs', multisig);
  return entries
    .map(({ keys, value }) => openApproval(String(keys[1]), value))
    .sort(
      (a, b) => a.timepoint.height - b.timepoint.height || a.timepoint.index - b.timepoint.index,
    );
}

/** The approvals of one call; undefined when none is open. */
export async function readOpenApproval(
  view: BlockView,
  multisig: string,
  callHash: string,
): Promise<OpenApproval | undefined> {
  const value = await view.read('Multisig', 'Multisigs', multisig, callHash);
  return value === undefined ? undefined : openApproval(callHash, value);
}

function openApproval(callHash: string, value: unknown): OpenApproval {
  const when = fieldOf(value, 'when');
  return {
    callHash,
    timepoint: { height: count(when, 'height'), index: count(when, 'index') },
    depositRao: rao(value, 'deposit'),
    depositor: address(value, 'depositor'),
    approvals: asList(fieldOf(value, 'approvals')).map(asAddress),
  };
}

/** What the first approval of a call reserves from its signer, in rao. */
export function readApprovalDeposit({ runtime }: BlockView, threshold: number): bigint {
  const base = asRao(runtime.constant('Multisig', 'DepositBase'));
  const each = asRao(runtime.constant('Multisig', 'DepositFactor'));
  return base + each * BigInt(threshold);
}

/**
 * The call behind a hash, as the transaction of the first approval carried it; undefined where it
 * carried only the hash, where the node no longer has the block, or where the runtime has changed.
 */
export async function findApprovedCall(
  chain: Chain,
  approval: Pick<OpenApproval, 'callHash' | 'timepoint'>,
): Promise<Call | undefined> {
  const { height, index } = approval.timepoint;
  try {
    const view = await chain.at(height);
    const extrinsics = await readExtrinsics(chain, view.hash);
    const bytes = parseHex(extrinsics?.[index]);
    if (bytes === undefined) return undefined;
    const outer = view.runtime.decodeExtrinsic(bytes).call;
    return callsIn(outer).find((call) => callOf(chain.runtime, call).hash === approval.callHash);
  } catch (error) {
    if (NOT_TO_BE_HAD.some((code) => isTaoError(error, code))) return undefined;
    throw error;
  }
}

const NOT_TO_BE_HAD = [
  'CHAIN_UNDECODABLE',
  'CHAIN_UNKNOWN_BLOCK',
  'CHAIN_LACKS_CALL',
  'CHAIN_ARGUMENT',
  'RPC_REFUSED',
] as const;

/** A call and every call in it. */
function callsIn(call: Call): readonly Call[] {
  const inner = Object.values(call.args).flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  const isCall = (value: unknown): value is Call =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'pallet');
  return [call, ...inner.filter(isCall).flatMap(callsIn)];
}

const API = 'TransactionPaymentApi';
const U32_BYTES = 4;

/** What a call weighs at most, by the runtime itself: asked as if `signer` sent it alone. */
export async function readWeight(
  chain: Chain,
  view: BlockView,
  asking: { readonly call: Uint8Array; readonly signer: string },
): Promise<Weight> {
  const parts = buildParts({
    runtime: chain.runtime,
    genesisHash: chain.genesisHash,
    call: asking.call,
    era: { kind: 'immortal' },
    nonce: 0,
    tipRao: 0n,
  });
  const extrinsic = dummySigned(parts, parseAddress(asking.signer));
  const length = new Uint8Array(U32_BYTES);
  new DataView(length.buffer).setUint32(0, extrinsic.length, true);
  const reply = await chain.rpc.request('state_call', [
    `${API}_query_info`,
    formatHex(Uint8Array.from([...extrinsic, ...length])),
    view.hash,
  ]);
  const dispatch = chain.runtime.api(API, 'query_info').decodeResult(String(reply));
  const weight = fieldOf(dispatch, 'weight');
  return { ref_time: rao(weight, 'ref_time'), proof_size: rao(weight, 'proof_size') };
}
