import { describe, expect, it } from 'vitest';
import {
  ARTIFACT_LIMIT_BYTES,
  assertNotExpired,
  eraEndBlock,
  MAX_CALL_BYTES,
  MAX_LINE_LENGTH,
  MAX_PACKED_METADATA_BYTES,
  MAX_SUMMARY_LINES,
  parseArtifact,
  serializeArtifact,
  signPlan,
  type UnsignedPlan,
} from './artifact.ts';
import { checksumOf } from './json-fields.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const HASH = `0x${'2f'.repeat(32)}`;
const U32_MAX = 2 ** 32 - 1;

const plan: UnsignedPlan = {
  kind: 'unsigned',
  chain: { name: 'finney', genesisHash: HASH, specVersion: 424, transactionVersion: 1 },
  from: ALICE,
  scheme: 'sr25519',
  command: 'stake.add',
  summary: ['Stake 2.5 TAO'],
  call: Uint8Array.of(7, 88),
  extra: Uint8Array.of(0),
  additional: Uint8Array.of(9),
  era: { kind: 'mortal', period: 64, birthNumber: 1000, birthHash: HASH },
  nonce: 5,
  tipRao: 0n,
  createdAtMs: 1_800_000_000_000,
  expiresAtMs: 1_800_000_600_000,
};

type Fields = Record<string, unknown>;

/** A file with changed fields and the checksum that fits them: only the change can be at fault. */
function fileWith(change: Fields, of: string = serializeArtifact(plan)): string {
  const { format, checksum: _old, ...body } = { ...(JSON.parse(of) as Fields), ...change };
  return JSON.stringify({ format, ...body, checksum: checksumOf(body) });
}

const refusal = (reason: string) =>
  expect.objectContaining({
    code: 'ARTIFACT_INVALID',
    message: expect.stringContaining(reason),
    hint: expect.stringContaining('--unsigned-out'),
  });
const mortal = { kind: 'mortal', period: 64, birthNumber: 0, birthHash: HASH };
const chain = (change: Fields): Fields => ({ chain: { ...plan.chain, ...change } });

describe('a file is read at the edge of every limit', () => {
  it.each<[string, Partial<UnsignedPlan>]>([
    ['the shortest call', { call: new Uint8Array(2) }],
    ['an era without end', { era: { kind: 'immortal' } }],
    ['the hash of the metadata', { metadataHash: HASH }],
    ['metadata of one byte', { metadata: { hash: HASH, gzip: new Uint8Array(1) } }],
    ['no extensions', { extra: new Uint8Array(0), additional: new Uint8Array(0) }],
    ['long extensions', { extra: new Uint8Array(4096), additional: new Uint8Array(4096) }],
    ['the shortest era at the first block', { era: { ...mortal, kind: 'mortal', period: 4 } }],
    [
      'the longest era at the last block',
      { era: { kind: 'mortal', period: 65_536, birthNumber: U32_MAX, birthHash: HASH } },
    ],
    ['the first nonce', { nonce: 0 }],
    ['the last nonce', { nonce: U32_MAX }],
    ['the other scheme', { scheme: 'ed25519' }],
    ['a long name of the network', { chain: { ...plan.chain, name: '~'.repeat(200) } }],
    ['a network without a name', { chain: { ...plan.chain, name: '' } }],
    ['no summary', { summary: [] }],
    ['long lines', { summary: new Array(MAX_SUMMARY_LINES).fill('x'.repeat(MAX_LINE_LENGTH)) }],
    ['letters of any language', { summary: [' ~\u00a0é5F3s…\u2027\u202f日本'] }],
    ['times at the beginning', { createdAtMs: 0, expiresAtMs: 0 }],
    ['a command of the longest name', { command: `a${'b-.9'.repeat(15)}` }],
  ])('%s', (_title, change) => {
    const made = { ...plan, ...change };
    expect(parseArtifact(serializeArtifact(made))).toStrictEqual(made);
  });
});

it('a file may hold the longest metadata, and none longer', () => {
  const withBytes = (length: number): string =>
    serializeArtifact({ ...plan, metadata: { hash: HASH, gzip: new Uint8Array(length) } });
  expect(parseArtifact(withBytes(MAX_PACKED_METADATA_BYTES)).metadata?.gzip.length).toBe(2 ** 20);
  expect(() => parseArtifact(withBytes(MAX_PACKED_METADATA_BYTES + 1))).toThrow(refusal('"gzip"'));
});

it('a file may hold the longest call', () => {
  const text = serializeArtifact({ ...plan, call: new Uint8Array(MAX_CALL_BYTES) });
  expect(parseArtifact(text).call.length).toBe(MAX_CALL_BYTES);
});

describe('a file is refused with', () => {
  it.each<[string, Fields, string]>([
    ['a call of one byte', { call: '0x07' }, '"call"'],
    ['a call too long', { call: `0x${'00'.repeat(MAX_CALL_BYTES + 1)}` }, '"call"'],
    ['half a byte', { call: '0x07580' }, '"call"'],
    ['extensions too long', { extra: `0x${'00'.repeat(4097)}` }, '"extra"'],
    ['what is signed only too long', { additional: `0x${'00'.repeat(4097)}` }, '"additional"'],
    ['an era of 2 blocks', { era: { ...mortal, period: 2 } }, '"period"'],
    ['an era of 2^17 blocks', { era: { ...mortal, period: 131_072 } }, '"period"'],
    ['an era of 48 blocks', { era: { ...mortal, period: 48 } }, 'not a power of two'],
    ['an era of another kind', { era: { kind: 'eternal' } }, 'neither mortal nor immortal'],
    ['an immortal era with a period', { era: { kind: 'immortal', period: 4 } }, 'unknown field'],
    ['a mortal era that says more', { era: { ...mortal, also: 1 } }, 'unknown field'],
    ['a block before all blocks', { era: { ...mortal, birthNumber: -1 } }, '"birthNumber"'],
    ['a block after all', { era: { ...mortal, birthNumber: U32_MAX + 1 } }, '"birthNumber"'],
    ['a short hash', { era: { ...mortal, birthHash: '0x2f' } }, '"birthHash"'],
    ['a long hash', { era: { ...mortal, birthHash: `${HASH}2f` } }, '"birthHash"'],
    ['a nonce below nothing', { nonce: -1 }, '"nonce"'],
    ['a nonce too large', { nonce: U32_MAX + 1 }, '"nonce"'],
    ['a tip too large', { tipRao: `${2n ** 64n}` }, '"tipRao"'],
    ['a tip with zeros before it', { tipRao: '01' }, '"tipRao"'],
    ['a tip below nothing', { tipRao: '-1' }, '"tipRao"'],
    ['another scheme', { scheme: 'ecdsa' }, 'scheme is not known'],
    ['another kind', { kind: 'draft' }, 'kind is not known'],
    ['a command that is no name', { command: 'Stake add' }, '"command"'],
    ['a command that begins with a dot', { command: '.add' }, '"command"'],
    ['a command with more behind it', { command: 'stake.add\nsudo' }, '"command"'],
    ['a network name of two lines', chain({ name: 'a\nb' }), '"name"'],
    ['a network name with a bell', chain({ name: '\u0007finney' }), '"name"'],
    ['a network name too long', chain({ name: 'x'.repeat(201) }), '"name"'],
    ['a runtime below nothing', chain({ specVersion: -1 }), '"specVersion"'],
    ['a runtime too large', chain({ transactionVersion: U32_MAX + 1 }), '"transactionVersion"'],
    ['a network that says more', chain({ also: 1 }), 'unknown field'],
    ['too many lines', { summary: new Array(MAX_SUMMARY_LINES + 1).fill('') }, '"summary"'],
    ['a line too long', { summary: ['x'.repeat(MAX_LINE_LENGTH + 1)] }, 'lines of plain text'],
    ['a line that is a number', { summary: ['a', 1] }, 'lines of plain text'],
    ['metadata without bytes', { metadata: { hash: HASH, gzip: '0x' } }, '"gzip"'],
    ['metadata that says more', { metadata: { hash: HASH, gzip: '0x00', a: 1 } }, 'unknown field'],
    ['a short metadata hash', { metadataHash: '0x2f' }, '"metadataHash"'],
    ['a time before all time', { createdAtMs: -1 }, '"createdAtMs"'],
    ['a field nobody knows', { also: 1 }, 'unknown field'],
    ['the parts of a signed file', { signature: '0x00' }, 'unknown field'],
  ])('%s', (_title, change, reason) => {
    expect(() => parseArtifact(fileWith(change))).toThrow(refusal(reason));
  });

  it.each([
    '\u0000',
    '\u001f',
    '\u007f',
    '\u009f',
    '\u202a',
    '\u202e',
    '\u2028',
    '\u2029',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u061c',
  ])('the letter %j in its summary, which could show other text than is there', (letter) => {
    const change = { summary: ['plain', `a${letter}b`] };
    expect(() => parseArtifact(fileWith(change))).toThrow(refusal('lines of plain text'));
  });

  it.each([
    ['nobody', 'ADDRESS_INVALID'],
    ['16ADqpMa4yzfmWs3nuTSMhfZ2ckeGtvqhPWCNqECEGDcGgU2', 'ADDRESS_WRONG_PREFIX'],
  ])('the signer %s', (from, code) => {
    expect(() => parseArtifact(fileWith({ from }))).toThrow(expect.objectContaining({ code }));
  });

  it('a checksum that does not fit', () => {
    const text = serializeArtifact(plan).replace('"nonce": 5', '"nonce": 6');
    expect(() => parseArtifact(text)).toThrow(refusal('its checksum does not fit'));
  });

  it('more characters than a file can have', () => {
    const text = ' '.repeat(ARTIFACT_LIMIT_BYTES);
    expect(() => parseArtifact(`${text} `)).toThrow(refusal('characters'));
    expect(() => parseArtifact(text)).toThrow(refusal('not JSON'));
  });

  it('a format of another version, which is shown without what could move a cursor', () => {
    expect(() => parseArtifact(fileWith({ format: 'tao\u001b[2J/9' }))).toThrow(
      expect.objectContaining({
        code: 'ARTIFACT_VERSION_UNKNOWN',
        message: expect.stringContaining('tao-transaction/1'),
        hint: expect.stringContaining('version'),
        data: { expected: 'tao-transaction/1', found: 'tao?[2J/9' },
      }),
    );
  });
});

describe('a signed file', () => {
  it.each<[string, Fields, string]>([
    ['of the extrinsic', { extrinsic: '0x00' }, 'do not make its extrinsic'],
    ['of the hash', { hash: HASH }, 'not the hash of its extrinsic'],
    ['of the signature', { signature: `0x${'82'.repeat(64)}` }, 'do not make its extrinsic'],
    ['of the call', { call: '0x0759' }, 'do not make its extrinsic'],
    ['of the length of the signature', { signature: `0x${'81'.repeat(63)}` }, '"signature"'],
    ['of the kind', { kind: 'unsigned' }, 'unknown field'],
  ])('does not survive a change %s', (_title, change, reason) => {
    const signed = signPlan(plan, new Uint8Array(64).fill(0x81));
    const text = serializeArtifact(signed);
    expect(parseArtifact(fileWith({}, text))).toEqual(signed);
    expect(() => parseArtifact(fileWith(change, text))).toThrow(refusal(reason));
  });
});

describe('an expired file', () => {
  const nowMs = plan.expiresAtMs - 1;

  it('says whether the clock or the block ended it, and what to do first', () => {
    const hint = expect.stringContaining('tao tx list');
    expect(() => assertNotExpired(plan, { nowMs: plan.expiresAtMs, bestBlock: 1063 })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('past its time'),
        hint,
        data: { expiresAtMs: plan.expiresAtMs, eraEndBlock: 1064 },
      }),
    );
    expect(() => assertNotExpired(plan, { nowMs, bestBlock: 1064 })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('before block 1064'), hint }),
    );
  });

  it('of an immortal transaction ends by the clock alone', () => {
    const immortal: UnsignedPlan = { ...plan, era: { kind: 'immortal' } };
    expect(eraEndBlock(immortal.era)).toBeUndefined();
    expect(() => assertNotExpired(immortal, { nowMs: plan.expiresAtMs })).toThrow(
      expect.objectContaining({ data: { expiresAtMs: plan.expiresAtMs } }),
    );
  });

  it('is not one where the block is not known', () => {
    expect(() => assertNotExpired(plan, { nowMs })).not.toThrow();
  });
});
