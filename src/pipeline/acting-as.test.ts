import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import type { Multisig } from '../signing/multisig-book.ts';
import type { Account } from './account.ts';
import { actFor, actingIntent, signerAccount, signerOf } from './acting-as.ts';
import { type ApprovalFacts, type OpenApproval, wrapInMultisig } from './acting-as-multisig.ts';
import { type InnerCall, type ProxyChoice, wrapAnnounced, wrapInProxy } from './acting-as-proxy.ts';
import type { TxPlan } from './plan.ts';
import type { ProxyEntry } from './plan-proxy-facts.ts';
import { TABLE_RULES } from './plan-proxy-rules.ts';

const ALICE = { name: '//Alice', address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' };
const BOB = { name: '//Bob', address: '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty' };
const EVE = { name: '//Eve', address: '5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw' };

const plan = (pallet = 'SubtensorModule', name = 'add_stake'): TxPlan => ({
  command: 'stake.add',
  summary: 'Stake 1 TAO',
  question: 'Stake 1 TAO?',
  call: { pallet, name, args: { amount_staked: 1n } },
  rows: [['Stake', '1 TAO']],
  warnings: [],
  spendRao: 1_000_000_000n,
  touches: { netuids: [8], hotkeys: [] },
  data: { netuid: 8 },
});
const innerOf = ({ call }: TxPlan): InnerCall => ({ call, hex: '0x0702', hash: '0xaa' });
const right = (type: string, delayBlocks = 0): ProxyEntry => ({
  delegate: BOB.address,
  type,
  delayBlocks,
});
const choice = (...entries: readonly ProxyEntry[]): ProxyChoice => ({
  real: ALICE,
  delegate: BOB,
  entries,
  rules: TABLE_RULES,
});
const codeOf = (attempt: () => unknown): unknown => {
  try {
    return attempt();
  } catch (error) {
    return isTaoError(error) ? [error.code, error.exitCode] : error;
  }
};

describe('an account that is acted for', () => {
  const key = { publicKey: new Uint8Array(32), scheme: 'sr25519' as const };
  const unlock: Account['unlock'] = () => Promise.reject(new Error('not asked for'));
  const signer: Account = { ...BOB, ...key, unlock };

  it('is what plans see, while fee, nonce and signature stay the signer’s', () => {
    const acted = actFor(signer, ALICE, { kind: 'proxy' });
    expect([acted.name, acted.address]).toEqual([ALICE.name, ALICE.address]);
    expect(signerOf(acted)).toEqual(BOB);
    expect(signerAccount(acted)).toEqual(signer);
    expect(actingIntent(acted)).toEqual({ acting: { kind: 'proxy', signer: BOB.address } });
    expect([signerOf(signer), signerAccount(signer), actingIntent(signer)]).toEqual([
      BOB,
      signer,
      {},
    ]);
  });
});

describe('a plan through a proxy', () => {
  it('is the same plan in Proxy.proxy, and leaves the type open where there is one', () => {
    const wrapped = wrapInProxy(plan(), choice(right('Staking')), innerOf(plan()));
    expect(wrapped.call).toEqual({
      pallet: 'Proxy',
      name: 'proxy',
      args: { real: ALICE.address, force_proxy_type: undefined, call: plan().call },
    });
    expect(wrapped.spendRao).toBe(plan().spendRao);
    expect(wrapped.data).toMatchObject({
      netuid: 8,
      as: { kind: 'proxy', account: ALICE.address, signer: BOB.address, callHash: '0xaa' },
      proxyType: 'Staking',
    });
  });

  it('forces the type that fits where the chain would take the first', () => {
    const rights = choice(right('Staking'), right('Transfer'));
    const wanted = plan('Balances', 'transfer_keep_alive');
    const { call } = wrapInProxy(wanted, rights, innerOf(wanted));
    expect(call.args.force_proxy_type).toBe('Transfer');
  });

  it('prefers one without delay, and tells how to announce where there is none', () => {
    const both = choice(right('Any', 10), right('NonTransfer'));
    expect(wrapInProxy(plan(), both, innerOf(plan())).data.proxyType).toBe('NonTransfer');
    const delayed = () => wrapInProxy(plan(), choice(right('Any', 10)), innerOf(plan()));
    expect(codeOf(delayed)).toEqual(['PROXY_MUST_ANNOUNCE', 6]);
    expect(delayed).toThrow(
      expect.objectContaining({
        hint: `Run tao proxy announce ${ALICE.address} --call 0x0702`,
        data: expect.objectContaining({ callData: '0x0702', delayBlocks: 10 }),
      }),
    );
  });

  it('is refused with what the types allow, or for want of any', () => {
    const wanted = plan('Balances', 'transfer_keep_alive');
    const attempt = () => wrapInProxy(wanted, choice(right('RootClaim')), innerOf(wanted));
    expect(codeOf(attempt)).toEqual(['PROXY_NOT_ALLOWED', 6]);
    expect(attempt).toThrow(
      expect.objectContaining({ details: ['RootClaim allows only claim_root.'] }),
    );
    expect(codeOf(() => wrapInProxy(plan(), choice(), innerOf(plan())))).toEqual([
      'PROXY_NOT_ALLOWED',
      6,
    ]);
  });

  it('of a type nobody described is left to the chain, with a warning', () => {
    const { warnings } = wrapInProxy(plan(), choice(right('Newest')), innerOf(plan()));
    expect(warnings).toEqual([
      'What a proxy of type Newest may do is not known to this version: the chain decides.',
    ]);
  });
});

describe('an announced call', () => {
  const announced = (nextBlock: number, callHash = '0xaa', real = ALICE.address) =>
    wrapAnnounced(plan(), choice(right('Any', 5)), {
      inner: innerOf(plan()),
      announcements: [{ real, callHash, block: 100 }],
      nextBlock,
    });

  it('runs from the block on in which its delay is over', () => {
    expect(codeOf(() => announced(104))).toEqual(['ANNOUNCEMENT_TOO_EARLY', 6]);
    expect(announced(105).call).toMatchObject({
      name: 'proxy_announced',
      args: { delegate: BOB.address, real: ALICE.address },
    });
  });

  it('has to be the very call, for the very account', () => {
    expect(codeOf(() => announced(105, '0xbb'))).toEqual(['ANNOUNCEMENT_UNKNOWN', 2]);
    expect(codeOf(() => announced(105, '0xaa', EVE.address))).toEqual(['ANNOUNCEMENT_UNKNOWN', 2]);
  });
});

describe('a plan for a multisig', () => {
  const multisig: Multisig = {
    name: 'team',
    address: EVE.address,
    threshold: 2,
    signatories: [BOB.address, ALICE.address],
  };
  const opened: OpenApproval = {
    callHash: '0xaa',
    timepoint: { height: 7, index: 1 },
    depositRao: 196_000_000n,
    depositor: ALICE.address,
    approvals: [ALICE.address],
  };
  const facts = (changes: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
    multisig,
    signer: BOB,
    open: [],
    maxWeight: { ref_time: 9n, proof_size: 1n },
    depositRao: 196_000_000n,
    ...changes,
  });
  const wrap = (changes: Partial<ApprovalFacts> = {}) =>
    wrapInMultisig(plan(), facts(changes), innerOf(plan()));

  it('opens a call with its deposit', () => {
    const first = wrap();
    expect(first.call).toEqual({
      pallet: 'Multisig',
      name: 'as_multi',
      args: {
        threshold: 2,
        other_signatories: [ALICE.address],
        maybe_timepoint: undefined,
        call: plan().call,
        max_weight: { ref_time: 9n, proof_size: 1n },
      },
    });
    expect(first.signerDepositRao).toBe(196_000_000n);
    expect(first.question).toBe('Give approval 1 of 2 to stake 1 TAO?');
    expect(first.data.approval).toMatchObject({ number: 1, threshold: 2, executes: false });
  });

  it('joins an open call at its timepoint, and says that it executes', () => {
    const last = wrap({ open: [opened] });
    expect(last.call.args.maybe_timepoint).toEqual({ height: 7, index: 1 });
    expect(last.signerDepositRao).toBe(0n);
    expect(last.question).toBe('Stake 1 TAO?');
    expect(last.data.approval).toMatchObject({ number: 2, executes: true });
  });

  it('warns of open calls that it does not join', () => {
    const { warnings } = wrap({ open: [{ ...opened, callHash: '0xbb' }] });
    expect(warnings).toEqual([
      'This starts a new call; 1 open approval of another call can be joined with tao multisig approve team.',
    ]);
  });

  it('needs no approvals of others when one is enough', () => {
    const single = wrap({ multisig: { ...multisig, threshold: 1 } });
    expect(single.call).toMatchObject({
      name: 'as_multi_threshold_1',
      args: { other_signatories: [ALICE.address] },
    });
    expect(single.signerDepositRao).toBe(0n);
  });

  it('is refused for a stranger and for a second approval of one signatory', () => {
    expect(codeOf(() => wrap({ signer: EVE }))).toEqual(['MULTISIG_NOT_SIGNATORY', 2]);
    expect(codeOf(() => wrap({ signer: ALICE, open: [opened] }))).toEqual([
      'MULTISIG_APPROVED_ALREADY',
      2,
    ]);
  });
});
