import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../../../test/fixtures/byte-vectors.ts';
import { stakeCall, testRuntime } from '../../../test/helpers/artifacts.ts';
import type { Call } from '../../chain/types.ts';
import { parseHex } from '../../signing/bytes.ts';
import { callData, callRows, callTitle } from './explain-call.ts';

const transfer: Call = {
  pallet: 'Balances',
  name: 'transfer_keep_alive',
  args: { dest: ALICE, value: 1_500_000_000n },
};
const nested: Call = {
  pallet: 'Utility',
  name: 'force_batch',
  args: {
    calls: [
      stakeCall(2_500_000_000n),
      {
        pallet: 'Proxy',
        name: 'proxy',
        args: { real: BOB, force_proxy_type: undefined, call: transfer },
      },
    ],
  },
};
/** As the bytes decode, multi-addresses and all. */
const decoded = testRuntime.decodeCall(testRuntime.encodeCall(nested));

describe('a call', () => {
  it('is a tree of rows for people, amounts in their unit', () => {
    expect(callRows(decoded)).toEqual([
      ['Call', 'Utility.force_batch'],
      ['  calls 1', 'SubtensorModule.add_stake'],
      ['    hotkey', BOB],
      ['    netuid', '8'],
      ['    amount_staked', '2.5 TAO'],
      ['  calls 2', 'Proxy.proxy'],
      ['    real', BOB],
      ['    force_proxy_type', 'none'],
      ['    call', 'Balances.transfer_keep_alive'],
      ['      dest', ALICE],
      ['      value', '1.5 TAO'],
    ]);
  });

  it('is a tree for machines, with addresses and amounts as text', () => {
    expect(callData(decoded)).toEqual({
      pallet: 'Utility',
      name: 'force_batch',
      args: {
        calls: [
          {
            pallet: 'SubtensorModule',
            name: 'add_stake',
            args: { hotkey: BOB, netuid: 8, amount_staked: '2500000000' },
          },
          {
            pallet: 'Proxy',
            name: 'proxy',
            args: {
              real: BOB,
              force_proxy_type: null,
              call: {
                pallet: 'Balances',
                name: 'transfer_keep_alive',
                args: { dest: ALICE, value: '1500000000' },
              },
            },
          },
        ],
      },
    });
    expect(() => JSON.stringify(callData(decoded))).not.toThrow();
  });

  it('has a title of one line', () => {
    expect(callTitle(transfer)).toBe('Balances.transfer_keep_alive');
    expect(callTitle(nested)).toBe('Utility.force_batch of 2 calls');
    const proxied = (nested.args.calls as Call[])[1] as Call;
    expect(callTitle(proxied)).toBe('Proxy.proxy of Balances.transfer_keep_alive');
  });

  it('tells alpha from the TAO of root, and a price from a ratio', () => {
    const shown = (call: Call, label: string) =>
      callRows(call).find(([name]) => name.trim() === label)?.[1];
    const unstake = (netuid: number): Call => ({
      pallet: 'SubtensorModule',
      name: 'remove_stake_limit',
      args: { hotkey: BOB, netuid, amount_unstaked: 3n, limit_price: 5n, allow_partial: true },
    });
    expect(shown(unstake(8), 'amount_unstaked')).toBe('0.000000003 alpha');
    expect(shown(unstake(0), 'amount_unstaked')).toBe('0.000000003 TAO');
    expect(shown(unstake(8), 'limit_price')).toBe('0.000000005 TAO per alpha');
    const swap = { pallet: 'SubtensorModule', name: 'swap_stake_limit', args: { limit_price: 5n } };
    expect(shown(swap, 'limit_price')).toBe('5');
    expect(shown({ pallet: 'X', name: 'y', args: { amount_staked: 5n } }, 'amount_staked')).toBe(
      '5',
    );
  });

  it('never hides how long a text is', () => {
    const remark: Call = {
      pallet: 'System',
      name: 'remark',
      args: { remark: `0x${'ab'.repeat(5_000)}` },
    };
    const shown = callRows(remark)[1]?.[1] ?? '';
    expect(shown).toMatch(/^0x(ab){49}… \(10002 characters, blake2-256 0x[0-9a-f]{64}\)$/);
    expect(callData(remark)).toMatchObject({ args: remark.args });
  });
});

describe('calls inside calls without end', () => {
  const nested = (depth: number) => parseHex(`0x${'0b0004'.repeat(depth)}00000400`) as Uint8Array;
  const rowsOf = (depth: number) => callRows(testRuntime.decodeCall(nested(depth)));
  const unread = expect.objectContaining({ code: 'CHAIN_UNDECODABLE', exitCode: 2 });

  it('are a tree as deep as chains take them, and bad input beyond', () => {
    expect(rowsOf(256)).toHaveLength(258);
    expect(() => rowsOf(50_000)).toThrow(unread);
  });

  it.each([700, 800, 900, 1_000])('%d deep are the one or the other, never a defect', (depth) => {
    try {
      expect(rowsOf(depth)).toHaveLength(depth + 2);
    } catch (error) {
      expect(error).toEqual(unread);
    }
  });
});
