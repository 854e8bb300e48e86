import { describe, expect, it } from 'vitest';
import { ALICE, callVectors } from '../../test/fixtures/byte-vectors.ts';
import { openScripted } from '../../test/helpers/open-scripted.ts';
import { buildParts } from './codecs/extrinsic.ts';
import { readFee } from './fees.ts';

const dispatch = (partial_fee: bigint) => ({
  weight: { ref_time: 1n, proof_size: 2n },
  class: 'Normal',
  partial_fee,
});

describe('the fee', () => {
  it('is what the runtime says of the whole extrinsic, and the tip', async () => {
    const { chain, view, node, answer } = await openScripted();
    const parts = buildParts({
      runtime: chain.runtime,
      genesisHash: chain.genesisHash,
      call: callVectors[0]?.call ?? new Uint8Array(),
      era: { kind: 'immortal' },
      nonce: 0,
      tipRao: 9n,
    });
    answer('TransactionPaymentApi', 'query_info', dispatch(1_700_000n));
    const request = { chain, blockHash: view.hash, parts, address: ALICE, tipRao: 9n };
    expect(await readFee(request)).toBe(1_700_009n);
    const [method, args, hash] = node.paramsOf('state_call') as [string, string, string];
    expect([method, hash]).toEqual(['TransactionPaymentApi_query_info', view.hash]);
    // Compact length 147, version 4 signed, then the account; last comes the length again as u32.
    expect(args.startsWith('0x4d028400d43593c7')).toBe(true);
    expect(args.endsWith('95000000')).toBe(true);
    const extrinsic = Uint8Array.from(Buffer.from(args.slice(2, -8), 'hex'));
    expect(chain.runtime.decodeExtrinsic(extrinsic)).toMatchObject({ address: ALICE, tipRao: 9n });
  });

  it('of a call that the runtime cannot weigh is RPC_REFUSED', async () => {
    const { chain } = await openScripted();
    const parts = { call: Uint8Array.of(0), extra: new Uint8Array(), additional: new Uint8Array() };
    await expect(readFee({ chain, parts, address: ALICE, tipRao: 0n })).rejects.toMatchObject({
      code: 'RPC_REFUSED',
    });
  });
});
