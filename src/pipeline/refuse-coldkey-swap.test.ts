import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../test/helpers/dev-tool.ts';
import type { Context } from '../cli/context.ts';
import { alice, encodeCall, signExtrinsic } from '../devnode/testing/dev-client.ts';
import { isTaoError } from '../errors/tao-error.ts';

let tool: DevTool;
beforeEach(() => {
  tool = createDevTool();
});
afterEach(() => tool.remove());

const transfer = ['wallet', 'transfer', '--to', '//Bob', '--amount', '1', '--yes'];

/** Alice sends these calls herself as soon as the chain is open; the last one's refusal is kept. */
function aliceSends(calls: readonly Uint8Array[], refusals: string[]) {
  return (context: Context): Context => ({
    ...context,
    openChain: async () => {
      const chain = await context.openChain();
      const { rpc, genesisHash } = chain;
      for (const call of calls) {
        const nonce = (await rpc.request('system_accountNextIndex', [alice.account])) as number;
        const bytes = signExtrinsic(call, { nonce, genesisHash });
        try {
          await rpc.request('author_submitExtrinsic', [bytes]);
        } catch (error) {
          refusals.push(isTaoError(error, 'RPC_REFUSED') ? JSON.stringify(error.data) : 'other');
        }
      }
      return chain;
    },
  });
}

describe('a coldkey whose swap is announced', () => {
  it('is told so before anything is signed, as the chain takes nothing else from it', async () => {
    const announce = encodeCall('SubtensorModule', 'announce_coldkey_swap', {
      new_coldkey_hash: `0x${'11'.repeat(32)}`,
    });
    const remark = encodeCall('System', 'remark', { remark: '0x00' });
    const refusals: string[] = [];
    const [exit, { error }] = await tool.json([...transfer, '--wallet', '//Alice'], {
      adapt: aliceSends([announce, remark], refusals),
    });
    expect(refusals.join()).toContain('Custom error: 0');
    expect([exit, error.code]).toEqual([6, 'CHAIN_COLDKEY_SWAP']);
    expect(error.message).toMatch(/It may run from block \d+\./);
    expect((await tool.json(['tx', 'list']))[1].data.transactions).toEqual([]);
    const [others] = await tool.json([...transfer, '--wallet', '//Charlie']);
    expect(others).toBe(0);
  });
});
