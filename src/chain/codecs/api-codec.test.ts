import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../../../test/fixtures/byte-vectors.ts';
import { asVersion14 } from '../../../test/helpers/metadata-shapes.ts';
import {
  hasRealMetadata,
  readRealMetadata,
  realSuiteName,
} from '../../../test/helpers/real-metadata.ts';
import { encodedMetadata } from '../../devnode/metadata/build.ts';
import { apiHash } from './api-codec.ts';
import { apiSignatures } from './api-signatures.ts';
import { decodeRuntime } from './decode-metadata.ts';
import { formatHex } from './hex.ts';
import { createTypeRegistry } from './type-registry.ts';

const version = { specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 };

const stake = {
  hotkey: BOB,
  coldkey: ALICE,
  netuid: 1,
  stake: 2n ** 40n,
  locked: 0n,
  emission: 5n,
  tao_emission: 0n,
  drain: 0n,
  is_registered: true,
};

const dynamic = {
  netuid: 8,
  owner_hotkey: BOB,
  owner_coldkey: ALICE,
  subnet_name: [97, 112, 101, 120],
  token_symbol: [207, 132],
  tempo: 360,
  last_step: 10n,
  blocks_since_last_step: 3n,
  emission: 0n,
  alpha_in: 1n,
  alpha_out: 2n,
  tao_in: 3n,
  alpha_out_emission: 4n,
  alpha_in_emission: 5n,
  tao_in_emission: 6n,
  pending_alpha_emission: 7n,
  pending_root_emission: 0n,
  subnet_volume: 2n ** 90n,
  network_registered_at: 9n,
  subnet_identity: {
    subnet_name: '0x41706578',
    github_repo: '0x',
    subnet_contact: '0x',
    subnet_url: '0x',
    discord: '0x',
    description: '0x',
    logo_url: '0x',
    additional: '0x',
  },
  moving_price: -5n,
};

const swap = {
  tao_amount: 1n,
  alpha_amount: 2n,
  tao_fee: 3n,
  alpha_fee: 4n,
  tao_slippage: 5n,
  alpha_slippage: 6n,
};

/** One answer per method of the table, in the shape of the real runtime. */
const answers: Readonly<Record<string, readonly [args: readonly unknown[], answer: unknown]>> = {
  'AccountNonceApi.account_nonce': [[ALICE], 7],
  'TransactionPaymentApi.query_info': [
    ['0x0102', 2],
    { weight: { ref_time: 1n, proof_size: 2n }, class: { type: 'Operational' }, partial_fee: 9n },
  ],
  'StakeInfoRuntimeApi.get_stake_info_for_coldkey': [[ALICE], [stake]],
  'StakeInfoRuntimeApi.get_stake_info_for_coldkeys': [
    [[ALICE, BOB]],
    [
      [ALICE, [stake]],
      [BOB, []],
    ],
  ],
  'StakeInfoRuntimeApi.get_stake_info_for_hotkey_coldkey_netuid': [[BOB, ALICE, 1], stake],
  'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys': [
    [[ALICE], [1, 2]],
    [[ALICE, [[1, { total: 5n, locked: 2n, available: 3n }]]]],
  ],
  'StakeInfoRuntimeApi.get_coldkey_lock': [
    [ALICE, 1],
    { locked_mass: 1n, conviction: 2n ** 70n, last_update: 3n },
  ],
  'SubnetInfoRuntimeApi.get_all_dynamic_info': [[], [dynamic, undefined]],
  'SubnetInfoRuntimeApi.get_dynamic_info': [[8], { ...dynamic, subnet_identity: undefined }],
  'SubnetInfoRuntimeApi.get_next_epoch_start_block': [[1], 360n],
  'DelegateInfoRuntimeApi.get_delegate': [
    [BOB],
    {
      delegate_ss58: BOB,
      take: 11_796,
      nominators: [[ALICE, [[1, 5n]]]],
      owner_ss58: ALICE,
      registrations: [1, 2],
      validator_permits: [1],
      return_per_1000: 0n,
      total_daily_return: 0n,
    },
  ],
  'SwapRuntimeApi.current_alpha_price': [[1], 25_000_000n],
  'SwapRuntimeApi.current_alpha_price_all': [[], [{ netuid: 1, price: 2n }]],
  'SwapRuntimeApi.sim_swap_tao_for_alpha': [[1, 5n], swap],
  'SwapRuntimeApi.sim_swap_alpha_for_tao': [[1, 5n], swap],
};

function checkTable(described: Uint8Array, undescribed: Uint8Array): void {
  const registry = createTypeRegistry(described);
  const withApis = decodeRuntime(described, version);
  const without = decodeRuntime(undescribed, version);

  const encodedAnswers = new Map<string, string>();
  for (const [name, [, answer]] of Object.entries(answers)) {
    const [api = '', method = ''] = name.split('.');
    const output = registry.metadata.apis
      .find((entry) => entry.name === api)
      ?.methods.find((entry) => entry.name === method)?.output;
    if (output === undefined) continue;
    encodedAnswers.set(name, formatHex(registry.encode(registry.entry(output), answer, name)));
  }

  it.each(Object.entries(answers))('agrees with the description of %s', (name, [args, answer]) => {
    const [api = '', method = ''] = name.split('.');
    const bytes = encodedAnswers.get(name);
    if (bytes === undefined) return;
    expect(without.api(api, method).encodeArgs(...args)).toBe(
      withApis.api(api, method).encodeArgs(...args),
    );
    expect(without.api(api, method).decodeResult(bytes)).toEqual(answer);
    expect(withApis.api(api, method).decodeResult(bytes)).toEqual(answer);
  });

  it.each(Object.entries(answers))('picks fields out of the answer of %s', (name, [, answer]) => {
    const [api = '', method = ''] = name.split('.');
    const codec = without.api(api, method);
    const fields = ['netuid', 'take', 'tao_fee', 'owner_hotkey', 'subnet_name', 'no_such_field'];
    const bytes = encodedAnswers.get(name);
    if (bytes === undefined) return;
    expect(codec.decodeResult(bytes, fields)).toEqual(onlyFields(answer, fields));
    expect(() => codec.decodeResult(bytes.slice(0, -2), fields)).toThrow(/decode the answer of/);
  });
}

/** Of the structs in lists and options, these fields: tuples keep theirs. */
function onlyFields(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.every((item) => item === undefined || isStruct(item))
      ? value.map((item) => onlyFields(item, fields))
      : value;
  }
  if (!isStruct(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)));
}

function isStruct(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('the table of API signatures', () => {
  it('has an example here for every method', () => {
    expect(Object.keys(answers).sort()).toEqual(Object.keys(apiSignatures.methods).sort());
  });
});

describe(realSuiteName('the table of API signatures, against a real runtime,'), () => {
  if (!hasRealMetadata) {
    it('was not checked', () => {
      expect(hasRealMetadata).toBe(false);
    });
    return;
  }
  const real = readRealMetadata();
  checkTable(real, asVersion14(real));
});

describe('the table of API signatures, against the embedded chain,', () => {
  checkTable(encodedMetadata(16), encodedMetadata(14));
});

describe('which APIs there are', () => {
  it('metadata 15 and 16 say themselves', () => {
    const runtime = decodeRuntime(encodedMetadata(16), version);
    expect(runtime.has.api('SwapRuntimeApi', 'current_alpha_price')).toBe(true);
    expect(runtime.has.api('SwapRuntimeApi', 'nothing')).toBe(false);
    expect(runtime.has.api('Nothing', 'nothing')).toBe(false);
  });

  it('the hashes in the runtime version say for metadata 14', () => {
    const withHashes = (apiHashes: readonly string[]) =>
      decodeRuntime(encodedMetadata(14), { ...version, apiHashes }).has;
    expect(apiHash('Core')).toBe('0xdf6acb689907609b');
    const has = withHashes([apiHash('SwapRuntimeApi')]);
    expect(has.api('SwapRuntimeApi', 'current_alpha_price')).toBe(true);
    expect(has.api('StakeInfoRuntimeApi', 'get_stake_info_for_coldkeys')).toBe(false);
    expect(has.api('SwapRuntimeApi', 'not_in_the_table')).toBe(false);
  });

  it('an API that is not there is CHAIN_LACKS_ITEM, whichever the metadata', () => {
    for (const metadataVersion of [14, 16] as const) {
      const runtime = decodeRuntime(encodedMetadata(metadataVersion), version);
      expect(() => runtime.api('Nothing', 'nothing')).toThrow(/does not have it/);
    }
  });
});
