/** `system_*`: what the node says about itself, and nonces. */
import { refusal } from '../apis/queue-apis.ts';
import { headNumber, viewAt } from '../blocks/chain.ts';
import { chainFacts } from '../node/core.ts';
import { nextNonceWithPool } from '../node/pool.ts';
import { applyExtrinsic } from '../runtime/apply-extrinsic.ts';
import { dispatchErrorValue } from '../runtime/dispatch-error.ts';
import { decodeSigned } from '../runtime/extrinsic.ts';
import { checkSignature } from '../runtime/validity.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { profileOf } from '../state/view.ts';
import { accountParam, blockParam, hexParam } from './params.ts';
import { undecodable } from './rpc-error.ts';
import type { RpcMethod, RpcMethods } from './session.ts';

const accountNextIndex: RpcMethod = ({ core }, params) =>
  nextNonceWithPool(core.pool, core.chain.live.state, accountParam(params, 0));

/** What a transaction would come to on top of a block: the bytes of an ApplyExtrinsicResult. */
const dryRun: RpcMethod = async ({ core }, params) => {
  const number = blockParam(core, params, 1);
  const view = viewAt(core.chain, number);
  const profile = profileOf(view);
  const extrinsic = decodeSigned(hexParam(params, 0), profile);
  if (extrinsic === undefined) throw undecodable();
  const facts = { ...chainFacts(core), profile, blockNumber: number + 1 };
  const checked = await checkSignature(extrinsic, facts);
  if (!checked.ok) return toHex(encode(RESULT, refusal(checked.invalidity), profile));
  const slot = { author: NOBODY, number: number + 1, index: 1 };
  const applied = applyExtrinsic(structuredClone(view.state), checked.signer, extrinsic, slot);
  if (!applied.ok) return toHex(encode(RESULT, refusal(applied.invalidity), profile));
  const { result } = applied;
  const value = result.ok
    ? { type: 'Ok' }
    : { type: 'Err', value: dispatchErrorValue(result.error, profile) };
  return toHex(encode(RESULT, { type: 'Ok', value }, profile));
};

const RESULT = 'Result<Result<(), DispatchError>, TransactionValidityError>';
const NOBODY = `0x${'00'.repeat(32)}`;

export const systemMethods: RpcMethods = {
  system_chain: () => 'Bittensor Dev',
  system_name: () => 'taostake dev chain',
  system_version: () => '1.0.0',
  system_chainType: () => 'Development',
  system_properties: () => ({ ss58Format: 42, tokenDecimals: 9, tokenSymbol: 'TAO' }),
  system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
  system_peers: () => [],
  system_nodeRoles: () => ['Authority'],
  system_localPeerId: () => '12D3KooWDevChainDevChainDevChainDevChainDevChainDevCh',
  system_localListenAddresses: () => [],
  system_syncState: ({ core }) => {
    const number = headNumber(core.chain);
    return { startingBlock: 0, currentBlock: number, highestBlock: number };
  },
  system_reservedPeers: () => [],
  system_dryRun: dryRun,
  system_dryRunAt: dryRun,
  system_accountNextIndex: accountNextIndex,
  account_nextIndex: accountNextIndex,
};
