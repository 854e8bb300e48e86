/**
 * Hashed sr25519 accounts of the newest official wallet (key type 4): enough to recognise one from
 * its master seed and to show its address. It never signs: each transaction needs its own key.
 */
import { hkdfSync } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import { keyFromSeed, wipeKey } from './key-material.ts';

/** Version 1, scheme 1 (sr25519). */
const KIND = Uint8Array.of(1, 1);
const DERIVE_SALT = 'bittensor/hashed/v1/derive';
const KEY_DOMAIN = encodeUtf8('bittensor/hashed/v1/key');
const ACCOUNT_DOMAIN = encodeUtf8('bittensor/hashed/v1/account');
const RECEIVING_DOMAIN = encodeUtf8('bittensor/hashed/v1/receiving');
const CHECKSUM_BYTES = 8;

export type HashedAccount = {
  /** 34 bytes: the kind, then the commitment to the first key. */
  readonly descriptor: Uint8Array;
  /** The 32-byte account id, which is no public key. */
  readonly accountId: Uint8Array;
  /** How the newest official wallet spells the account: 104 characters from `bth1_`. */
  readonly receivingAddress: string;
};

/** The account that belongs to a master seed. SEED_INVALID. */
export function hashedAccount(masterSeed: Uint8Array): HashedAccount {
  const firstKey = hashedPublicKey(masterSeed, 0n);
  const commitment = hash(concatBytes(KEY_DOMAIN, KIND, firstKey));
  const descriptor = concatBytes(KIND, commitment);
  return {
    descriptor,
    accountId: hash(concatBytes(ACCOUNT_DOMAIN, descriptor)),
    receivingAddress: formatReceivingAddress(descriptor),
  };
}

/** The 32-byte public key that signs in generation `generation`. SEED_INVALID. */
export function hashedPublicKey(masterSeed: Uint8Array, generation: bigint): Uint8Array {
  const counter = Uint8Array.from({ length: 8 }, (_, index) => {
    return Number((generation >> BigInt(8 * index)) & 0xffn);
  });
  const derived = hkdfSync('sha256', masterSeed, DERIVE_SALT, concatBytes(KIND, counter), 32);
  const seed = new Uint8Array(derived);
  const key = keyFromSeed(seed, 'sr25519');
  wipe(seed);
  wipeKey(key);
  return key.publicKey;
}

function formatReceivingAddress(descriptor: Uint8Array): string {
  const body = concatBytes(new Uint8Array(32), descriptor);
  const checksum = hash(concatBytes(RECEIVING_DOMAIN, body)).subarray(0, CHECKSUM_BYTES);
  return `bth1_${Buffer.from(concatBytes(body, checksum)).toString('base64url')}`;
}

function hash(bytes: Uint8Array): Uint8Array {
  return blake2b(bytes, { dkLen: 32 });
}
