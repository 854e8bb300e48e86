import { describe, expect, it } from 'vitest';
import {
  ALICE,
  BOB,
  callVectors,
  keyVectors,
  payloadVectors,
  VECTOR_GENESIS,
  VECTOR_SPEC_VERSION,
  VECTOR_TRANSACTION_VERSION,
} from '../../../test/fixtures/byte-vectors.ts';
import { asVersion14, asVersion15, changed } from '../../../test/helpers/metadata-shapes.ts';
import {
  hasRealMetadata,
  readRealMetadata,
  realMetadataPath,
  realSuiteName,
} from '../../../test/helpers/real-metadata.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import type { Runtime } from '../types.ts';
import { decodeRuntime } from './decode-metadata.ts';
import { buildParts } from './extrinsic.ts';
import { formatHex, parseHex } from './hex.ts';

const version = {
  specName: 'node-subtensor',
  specVersion: VECTOR_SPEC_VERSION,
  transactionVersion: VECTOR_TRANSACTION_VERSION,
};

const bytesOf = (hex: string): Uint8Array => parseHex(hex) as Uint8Array;

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return isTaoError(error) ? error.code : String(error);
  }
  return undefined;
}

/** Everything every runtime of this shape must do, whatever its metadata version. */
function checkRuntime(load: () => Runtime): void {
  it.each(callVectors)('encodes $what to the known bytes and back', ({ call, bytes }) => {
    const runtime = load();
    if (!runtime.has.call(call.pallet, call.name)) {
      expect(codeOf(() => runtime.encodeCall(call))).toBe('CHAIN_LACKS_CALL');
      return;
    }
    expect(formatHex(runtime.encodeCall(call))).toBe(bytes);
    const decoded = runtime.decodeCall(bytesOf(bytes));
    expect(formatHex(runtime.encodeCall(decoded))).toBe(bytes);
    expect([decoded.pallet, decoded.name]).toEqual([call.pallet, call.name]);
  });

  it.each(keyVectors)('hashes the key of $pallet $item and reads it back', (vector) => {
    const runtime = load();
    if (!runtime.has.storage(vector.pallet, vector.item)) {
      expect(codeOf(() => runtime.storage(vector.pallet, vector.item))).toBe('CHAIN_LACKS_ITEM');
      return;
    }
    const codec = runtime.storage(vector.pallet, vector.item);
    expect(codec.key(...vector.keys)).toBe(vector.bytes);
    expect(codec.decodeKey(vector.bytes)).toEqual(vector.keys);
    expect(vector.bytes.startsWith(codec.key())).toBe(true);
  });

  it.each(payloadVectors)('builds the payload of $what', ({ call, era, nonce, tipRao, bytes }) => {
    const request = { runtime: load(), genesisHash: VECTOR_GENESIS, call, era, nonce, tipRao };
    const parts = buildParts(request);
    expect(formatHex(Uint8Array.from([...parts.call, ...parts.extra, ...parts.additional]))).toBe(
      bytes,
    );
  });
}

const realVersions = [
  ['16', (bytes: Uint8Array) => bytes],
  ['15', asVersion15],
  ['14', asVersion14],
] as const;

describe(realSuiteName('a real runtime'), () => {
  if (!hasRealMetadata) {
    it(`was not checked: ${realMetadataPath} is absent`, () => {
      expect(hasRealMetadata).toBe(false);
    });
    return;
  }
  const bytes = readRealMetadata();

  describe.each(realVersions)('as metadata %s', (_name, convert) => {
    const runtime = decodeRuntime(convert(bytes), version);
    checkRuntime(() => runtime);
  });

  const runtime = decodeRuntime(bytes, version);

  it('lists the thirteen extensions and which of them carry bytes', () => {
    expect(runtime.extensions.map((e) => e.identifier)).toEqual([
      'CheckNonZeroSender',
      'CheckSpecVersion',
      'CheckTxVersion',
      'CheckGenesis',
      'CheckMortality',
      'CheckNonce',
      'CheckWeight',
      'ChargeTransactionPayment',
      'SudoTransactionExtension',
      'CheckShieldedTxValidity',
      'SubtensorTransactionExtension',
      'DrandPriority',
      'CheckMetadataHash',
    ]);
    const carrying = (part: 'extraIsEmpty' | 'implicitIsEmpty') =>
      runtime.extensions.filter((e) => !e[part]).map((e) => e.identifier);
    expect(carrying('extraIsEmpty')).toEqual([
      'CheckMortality',
      'CheckNonce',
      'ChargeTransactionPayment',
      'CheckMetadataHash',
    ]);
    expect(carrying('implicitIsEmpty')).toEqual([
      'CheckSpecVersion',
      'CheckTxVersion',
      'CheckGenesis',
      'CheckMortality',
      'CheckMetadataHash',
    ]);
  });

  it('names errors and constants', () => {
    expect(runtime.errorName(7, 82)).toMatchObject({
      pallet: 'SubtensorModule',
      name: 'AmountTooLow',
    });
    expect(runtime.errorName(28, 3)?.name).toBe('PriceLimitExceeded');
    expect(runtime.errorName(7, 250)).toBeUndefined();
    expect(runtime.errorName(99, 0)).toBeUndefined();
    expect(runtime.errorDocs('SubtensorModule', 'AmountTooLow')).not.toBe('');
    expect(runtime.constant('SubtensorModule', 'InitialMinStake')).toBe(2_000_000n);
    expect(codeOf(() => runtime.constant('SubtensorModule', 'Nothing'))).toBe('CHAIN_LACKS_ITEM');
  });

  it('reads missing keys as the defaults of the runtime', () => {
    expect(runtime.storage('SubtensorModule', 'Tempo').fallback).toBe(360);
    expect(runtime.storage('SubtensorModule', 'Delegates').fallback).toBe(11_796);
    expect(runtime.storage('SubtensorModule', 'IdentitiesV2').fallback).toBeUndefined();
    expect(runtime.storage('SubtensorModule', 'TokenSymbol').fallback).toBe('0xf09d9c8f');
    expect(runtime.storage('System', 'Account').fallback).toMatchObject({ data: { free: 0n } });
  });

  it('refuses bytes that are more, less or other than one call', () => {
    const bytesOfCall = runtime.encodeCall({
      pallet: 'System',
      name: 'remark',
      args: { remark: '0x0102' },
    });
    const refused = (given: Uint8Array) => codeOf(() => runtime.decodeCall(given));
    expect(refused(Uint8Array.from([...bytesOfCall, 0]))).toBe('CHAIN_UNDECODABLE');
    expect(refused(bytesOfCall.slice(0, -1))).toBe('CHAIN_UNDECODABLE');
    expect(refused(Uint8Array.of(0xff, 0xff))).toBe('CHAIN_UNDECODABLE');
    // `add_stake_limit` with a boolean of 2 decodes in the library, but is not what would be signed.
    const limit = bytesOf(callVectors[1]?.bytes ?? '');
    expect(refused(Uint8Array.from([...limit.slice(0, -1), 2]))).toBe('CHAIN_UNDECODABLE');
  });

  it('calls bad bytes of the user a usage error, and those of the node not', () => {
    const exitCodeOf = (action: () => unknown): number | undefined => {
      try {
        action();
      } catch (error) {
        return isTaoError(error) ? error.exitCode : undefined;
      }
      return undefined;
    };
    expect(exitCodeOf(() => runtime.decodeCall(Uint8Array.of(7)))).toBe(2);
    expect(exitCodeOf(() => runtime.decodeExtrinsic(Uint8Array.of(4, 4)))).toBe(2);
    expect(exitCodeOf(() => runtime.decodeEvents(Uint8Array.of(4)))).toBe(5);
    const account = runtime.storage('System', 'Account');
    expect(exitCodeOf(() => account.decodeValue('0x00'))).toBe(5);
    expect(exitCodeOf(() => account.decodeValue('00'))).toBe(5);
  });

  it('decodes bytes that are a view into a larger buffer', () => {
    const call = bytesOf(callVectors[0]?.bytes ?? '');
    const pool = new Uint8Array(call.length + 7);
    pool.set(call, 7);
    expect(runtime.decodeCall(pool.subarray(7)).args.netuid).toBe(1);
  });

  it('refuses values that do not fit instead of wrapping them', () => {
    const stake = (args: Record<string, unknown>) =>
      codeOf(() =>
        runtime.encodeCall({
          pallet: 'SubtensorModule',
          name: 'add_stake',
          args: { hotkey: BOB, netuid: 1, amount_staked: 1n, ...args },
        }),
      );
    expect(stake({})).toBeUndefined();
    expect(stake({ netuid: 65_536 })).toBe('CHAIN_ARGUMENT');
    expect(stake({ netuid: -1 })).toBe('CHAIN_ARGUMENT');
    expect(stake({ netuid: 1.5 })).toBe('CHAIN_ARGUMENT');
    expect(stake({ amount_staked: 2n ** 64n })).toBe('CHAIN_ARGUMENT');
    expect(stake({ amount_staked: '1' })).toBe('CHAIN_ARGUMENT');
    expect(stake({ hotkey: 'nobody' })).toBe('ADDRESS_INVALID');
    expect(stake({ hotkey: '0x00' })).toBe('CHAIN_ARGUMENT');
    expect(stake({ surprise: 1 })).toBe('CHAIN_LACKS_CALL');
  });

  it('names missing and unknown arguments', () => {
    const call = {
      pallet: 'SubtensorModule',
      name: 'add_stake',
      args: { hotkeys: BOB, netuid: 1 },
    };
    expect(() => runtime.encodeCall(call)).toThrowErrorMatchingInlineSnapshot(
      `[TaoError: Couldn't build SubtensorModule.add_stake for this chain's runtime: it has no argument "hotkeys", it also needs "hotkey", it also needs "amount_staked".]`,
    );
  });

  it('stops at a nested call that this runtime lacks', () => {
    const calls = [{ pallet: 'SubtensorModule', name: 'stake_into_basket', args: {} }];
    const batch = { pallet: 'Utility', name: 'batch_all', args: { calls } };
    expect(codeOf(() => runtime.encodeCall(batch))).toBe('CHAIN_LACKS_CALL');
  });

  it('treats an unknown extension without bytes as empty, and stops at one with bytes', () => {
    const request = {
      genesisHash: VECTOR_GENESIS,
      call: callVectors[0]?.call ?? { pallet: '', name: '', args: {} },
      era: { kind: 'immortal' } as const,
      nonce: 5,
      tipRao: 0n,
    };
    const withExtension = (type: number) =>
      decodeRuntime(
        changed(bytes, (metadata) => {
          const { extrinsic } = metadata;
          const index = extrinsic.signedExtensions.length;
          extrinsic.signedExtensions.push({ identifier: 'Novelty', type, additionalSigned: empty });
          extrinsic.signedExtensionsByVersion[0]?.[1].push(index);
        }),
        version,
      );
    const empty = 43;
    const u32 = 4;
    const plain = buildParts({ ...request, runtime });
    expect(buildParts({ ...request, runtime: withExtension(empty) })).toEqual(plain);
    expect(() => buildParts({ ...request, runtime: withExtension(u32) })).toThrow(/"Novelty"/);
    expect(codeOf(() => buildParts({ ...request, runtime: withExtension(u32) }))).toBe(
      'CHAIN_UNKNOWN_EXTENSION',
    );
  });

  it('keeps finding calls and fields when an upgrade moves indices and adds fields', () => {
    const upgraded = decodeRuntime(
      changed(bytes, (metadata) => {
        const pallet = metadata.pallets.find((p) => p.name === 'SubtensorModule');
        const calls = metadata.lookup[pallet?.calls?.type ?? -1]?.def;
        if (calls?.tag === 'variant') for (const call of calls.value) call.index += 1;
        const accountData = metadata.lookup.find((type) => type.path.at(-1) === 'AccountData')?.def;
        if (accountData?.tag !== 'composite') throw new Error('AccountData is no struct');
        const [first] = accountData.value;
        accountData.value.push({ ...(first as NonNullable<typeof first>), name: 'novelty' });
        const system = metadata.pallets.find((p) => p.name === 'System');
        const item = system?.storage?.items.find((entry) => entry.name === 'Account');
        if (item !== undefined) item.fallback += '00'.repeat(8);
      }),
      version,
    );
    const [vector] = callVectors;
    expect(formatHex(upgraded.encodeCall(vector?.call as never))).toBe(
      vector?.bytes.replace('0x0702', '0x0703'),
    );
    const account = upgraded.storage('System', 'Account');
    const hex = `0x${'00'.repeat(16)}${'0100000000000000'}${'00'.repeat(8 + 8 + 16)}${'0200000000000000'}`;
    expect(account.decodeValue(hex)).toMatchObject({ data: { free: 1n, novelty: 2n } });
  });
});

describe('the metadata of the embedded chain', () => {
  describe.each([14, 15, 16] as const)('as version %i', (metadataVersion) => {
    const runtime = decodeRuntime(encodedMetadata(metadataVersion), version);
    checkRuntime(() => runtime);
  });
});

describe('unusable metadata', () => {
  it('is CHAIN_METADATA_UNUSABLE, whatever is wrong with it', () => {
    const decode = (bytes: Uint8Array) => codeOf(() => decodeRuntime(bytes, version));
    expect(decode(new Uint8Array())).toBe('CHAIN_METADATA_UNUSABLE');
    expect(decode(Uint8Array.from([0x6d, 0x65, 0x74, 0x61, 13]))).toBe('CHAIN_METADATA_UNUSABLE');
    const cut = encodedMetadata(14).slice(0, 5_000);
    expect(decode(cut)).toBe('CHAIN_METADATA_UNUSABLE');
  });
});

describe('accounts as arguments', () => {
  const runtime = decodeRuntime(encodedMetadata(14), version);
  const transfer = (dest: unknown) =>
    formatHex(
      runtime.encodeCall({
        pallet: 'Balances',
        name: 'transfer_keep_alive',
        args: { dest, value: 1n },
      }),
    );

  it('may be ss58, hex, bytes or the full variant', () => {
    const id = transfer({ type: 'Id', value: ALICE });
    expect(transfer(ALICE)).toBe(id);
    expect(transfer({ type: 'Id', value: `0x${id.slice(8, 72)}` })).toBe(id);
    expect(transfer({ type: 'Id', value: bytesOf(`0x${id.slice(8, 72)}`) })).toBe(id);
  });
});
