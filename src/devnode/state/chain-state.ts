/**
 * Everything the dev chain knows at one block, as plain data: the economy, and what the other
 * pallets store beside it. Mutated only while a block is made. No clock, no files.
 */
import type { Account, EconomyState } from '../../economy/state.ts';
import type { MarketState } from '../market/market-state.ts';
import { DEFAULT_PROFILE } from '../metadata/profiles/profiles.ts';
import type { Variant } from '../scale/codec.ts';

export type Identity = {
  readonly name: string;
  readonly url: string;
  readonly github_repo: string;
  readonly image: string;
  readonly discord: string;
  readonly description: string;
  readonly additional: string;
};

export type SubnetProfile = {
  readonly name: string;
  /** The token's symbol, UTF-8. */
  readonly symbol: string;
  readonly description: string;
  readonly url: string;
};

/** A validator of a preset that sets its weights again by itself, so that it stays active. */
export type Autopilot = { readonly netuid: number; readonly hotkey: Account };

export type ProxyEntry = {
  readonly delegate: Account;
  readonly kind: string;
  readonly delay: number;
};
export type AnnouncementEntry = {
  readonly real: Account;
  readonly callHash: string;
  readonly height: number;
};
export type Deposited<T> = { readonly entries: readonly T[]; readonly depositRao: bigint };

export type MultisigEntry = {
  readonly height: number;
  readonly index: number;
  readonly depositRao: bigint;
  readonly depositor: Account;
  readonly approvals: readonly Account[];
};

/** An announced swap: from which block it may be made, and the hash of the new coldkey. */
export type ColdkeySwapEntry = { readonly executableAt: number; readonly hash: string };

export type CommitmentEntry = {
  readonly block: number;
  /** The commitment's fields in the codecs' form. */
  readonly fields: readonly Variant[];
  /** The epoch in which so many bytes were written. */
  readonly epoch: number;
  readonly usedBytes: number;
};

export type ChainState = {
  format: 'devnode/1';
  /** Name of the runtime profile that reads and changes this state. */
  profile: string;
  economy: EconomyState;
  nonces: Record<Account, number>;
  identities: Record<Account, Identity>;
  subnetProfiles: Record<number, SubnetProfile>;
  autopilots: readonly Autopilot[];
  /** Who works on the subnets, where the preset has a market. */
  market?: MarketState;
  proxies: Record<Account, Deposited<ProxyEntry>>;
  announcements: Record<Account, Deposited<AnnouncementEntry>>;
  /** Real account, then delegate: the real account pays the fees of that delegate's calls. */
  realPaysFee: Record<Account, Record<Account, true>>;
  /** Multisig account, then call hash. */
  multisigs: Record<Account, Record<string, MultisigEntry>>;
  /** By coldkey; the swap is pending until it is made or cleared. */
  coldkeySwaps: Record<Account, ColdkeySwapEntry>;
  /** Block of the dispute, by coldkey. */
  coldkeyDisputes: Record<Account, number>;
  /** By netuid and hotkey. */
  commitments: Record<number, Record<Account, CommitmentEntry>>;
  /** Storage set from outside that nothing else here stands for: key to value, null for none. */
  storageOverlay?: Record<string, string | null>;
};

export function createChainState(economy: EconomyState): ChainState {
  return {
    format: 'devnode/1',
    profile: DEFAULT_PROFILE,
    economy,
    nonces: {},
    identities: {},
    subnetProfiles: {},
    autopilots: [],
    proxies: {},
    announcements: {},
    realPaysFee: {},
    multisigs: {},
    coldkeySwaps: {},
    coldkeyDisputes: {},
    commitments: {},
  };
}

/** An identity with the fields that are not given left empty. */
export function identityOf(fields: Partial<Identity> & { readonly name: string }): Identity {
  return {
    url: '',
    github_repo: '',
    image: '',
    discord: '',
    description: '',
    additional: '',
    ...fields,
  };
}
