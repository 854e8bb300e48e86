/** The bytes around a call for an account now: mortality, nonce, extensions; and what they cost. */
import { birthBlock } from '../chain/codecs/era.ts';
import { buildParts } from '../chain/codecs/extrinsic.ts';
import type { AccountFacts } from '../chain/facts.ts';
import { readFee } from '../chain/fees.ts';
import type { BlockView, Call, Chain, Era, PayloadParts } from '../chain/types.ts';
import type { TransactionOptions } from '../cli/option-groups.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Account } from './account.ts';

/** What a fee depends on beside the call: all of it is known before there is a plan. */
export type FeeBasis = {
  readonly chain: Chain;
  readonly view: BlockView;
  readonly account: Account;
  readonly accountFacts: AccountFacts;
  readonly choices: TransactionOptions;
};

/** The fee in rao of a call that is not yet in a plan: for plans whose amount depends on it. */
export async function quoteFee(basis: FeeBasis, call: Call): Promise<bigint> {
  return estimateFee(basis, basis.chain.runtime.encodeCall(call));
}

/** The fee in rao of an encoded call, as the runtime itself weighs it. */
export async function estimateFee(basis: FeeBasis, call: Uint8Array): Promise<bigint> {
  const { chain, view, account, accountFacts, choices } = basis;
  const era = await eraAt(chain, view, choices.eraBlocks);
  return readFee({
    chain,
    blockHash: view.hash,
    parts: buildParts({ ...fixedParts(chain), call, era, nonce: accountFacts.nonce }),
    address: account.address,
    tipRao: 0n,
  });
}

export type PartsNow = {
  readonly parts: PayloadParts;
  readonly era: Era;
  readonly nonce: number;
  readonly view: BlockView;
};

/**
 * Era, nonce and hashes of this moment. PLAN_STALE when the runtime is no longer the one that the
 * call was encoded for: another one may read its bytes otherwise.
 */
export async function buildPartsNow(wanted: {
  readonly chain: Chain;
  readonly address: string;
  readonly choices: Pick<TransactionOptions, 'eraBlocks' | 'nonce'>;
  readonly call: Uint8Array;
  readonly metadataHash: Uint8Array | undefined;
}): Promise<PartsNow> {
  const { chain, address, choices, call, metadataHash } = wanted;
  const [view, nonce] = await Promise.all([
    chain.at('best'),
    choices.nonce === undefined ? chain.nextNonce(address) : choices.nonce,
  ]);
  refuseUpgraded(chain, view);
  const era = await eraAt(chain, view, choices.eraBlocks);
  const parts = buildParts({
    ...fixedParts(chain),
    call,
    era,
    nonce,
    ...(metadataHash === undefined ? {} : { metadataHash }),
  });
  return { parts, era, nonce, view };
}

function fixedParts({ runtime, genesisHash }: Chain) {
  return { runtime, genesisHash, tipRao: 0n };
}

/** Long eras can only begin at some blocks: then it is the last such block. */
async function eraAt(chain: Chain, view: BlockView, period: number): Promise<Era> {
  const birthNumber = birthBlock(period, view.number);
  const birthHash = birthNumber === view.number ? view.hash : (await chain.at(birthNumber)).hash;
  return { kind: 'mortal', period, birthNumber, birthHash };
}

function refuseUpgraded(chain: Chain, view: BlockView): void {
  if (view.runtime.specVersion === chain.runtime.specVersion) return;
  throw new TaoError('PLAN_STALE', {
    message: `Couldn't sign: the chain changed its runtime from ${chain.runtime.specVersion} to ${view.runtime.specVersion} since the plan.`,
    hint: 'Run the command again: nothing was signed.',
    data: { planned: chain.runtime.specVersion, now: view.runtime.specVersion },
  });
}
