/**
 * The options commands share, as data, and their parsing into values. Flags of settings (network,
 * wallet, tolerance, wait, timeout, era) reach the parse functions through the settings, where
 * flag, environment, preference and default have been weighed.
 */
import type { WaitFor } from '../chain/types.ts';
import { parseRao } from '../domain/amount.ts';
import type { Ratio } from '../domain/price.ts';
import { MAX_TOLERANCE_PERCENT } from '../domain/tolerance.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Settings } from './context.ts';
import {
  ERA_LIMITS,
  NETWORK_NAMES,
  parsePercent,
  SETTING_DEFAULTS,
  TIMEOUT_LIMITS,
  WAIT_CHOICES,
} from './setting-values.ts';
import { parseShield, SHIELD_OPTION, type ShieldChoice } from './shield-option.ts';
import type { OptionGroupName, OptionSpec, RawInput } from './spec.ts';

/** Longest `--request-id`. */
export const MAX_REQUEST_ID_LENGTH = 64;
/** Largest `--nonce`: the chain counts in u32. */
export const MAX_NONCE = 4_294_967_295;
/** `auto`: where the runtime can check it. */
export const METADATA_HASH_CHOICES = ['on', 'off', 'auto'] as const;
/** Largest `--password-fd`. */
export const MAX_FILE_DESCRIPTOR = 1023;

export type OptionGroup = { readonly title: string; readonly options: readonly OptionSpec[] };

export const GLOBAL_OPTIONS: OptionGroup = {
  title: 'Everywhere',
  options: [
    { name: 'json', summary: 'Print one JSON document on stdout' },
    { name: 'quiet', short: 'q', summary: 'No progress and no hints on stderr' },
    { name: 'verbose', short: 'v', summary: 'More about each step on stderr' },
    { name: 'no-input', summary: 'Never ask; fail when an answer is needed' },
    {
      name: 'color',
      value: 'WHEN',
      summary: 'Colours',
      choices: ['auto', 'always', 'never'],
      defaultText: SETTING_DEFAULTS.color,
    },
    { name: 'version', summary: 'Print the version' },
    { name: 'help', short: 'h', summary: 'Print help' },
  ],
};

/** The answers of the gate. */
const CONSENT_OPTIONS: readonly OptionSpec[] = [
  { name: 'yes', short: 'y', summary: 'Answer the confirmation with yes' },
  {
    name: 'confirm',
    value: 'VALUE',
    summary: 'Confirm a severe action by repeating its value',
  },
];

/** How far a transaction that was sent is followed. */
const FOLLOWING_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'wait',
    value: 'STATE',
    summary: 'How far to follow the transaction',
    choices: WAIT_CHOICES,
    defaultText: SETTING_DEFAULTS.wait,
  },
  {
    name: 'timeout',
    value: 'SECONDS',
    summary: `How long to follow it, ${TIMEOUT_LIMITS.min} to ${TIMEOUT_LIMITS.max} seconds`,
    defaultText: SETTING_DEFAULTS.timeout,
  },
];

export const OPTION_GROUPS: Readonly<Record<OptionGroupName, OptionGroup>> = {
  network: {
    title: 'Network',
    options: [
      {
        name: 'network',
        value: 'NAME|URL',
        summary: `${NETWORK_NAMES.join(', ')}, or a ws:// or wss:// URL`,
        defaultText: SETTING_DEFAULTS.network,
        complete: 'network',
      },
    ],
  },
  wallet: {
    title: 'Wallet',
    options: [
      {
        name: 'wallet',
        value: 'NAME',
        summary: 'Wallet to use',
        defaultText: SETTING_DEFAULTS.wallet,
      },
      { name: 'wallet-path', value: 'DIR', summary: 'Folder of wallets', complete: 'directory' },
      {
        name: 'password-file',
        value: 'FILE',
        summary: "Read the key file's password from the first line of FILE (- is standard input)",
        complete: 'file',
      },
      {
        name: 'password-fd',
        value: 'N',
        summary: "Read the key file's password from file descriptor N",
      },
    ],
  },
  transaction: {
    title: 'Transaction',
    options: [
      {
        name: 'as',
        value: 'ACCOUNT',
        summary: 'Act for this account: as its proxy, or as a signatory of a saved multisig',
      },
      ...CONSENT_OPTIONS,
      { name: 'dry-run', summary: 'Show the plan and stop before signing' },
      ...FOLLOWING_OPTIONS,
      {
        name: 'era',
        value: 'BLOCKS',
        summary: `Blocks it stays valid: a power of two, ${ERA_LIMITS.min} to ${ERA_LIMITS.max}`,
        defaultText: SETTING_DEFAULTS.era,
      },
      { name: 'nonce', value: 'N', summary: 'Nonce to use instead of the next one' },
      SHIELD_OPTION,
      {
        name: 'unsigned-out',
        value: 'FILE',
        summary: 'Write the plan for tao tx sign to FILE and stop; nothing is signed',
        complete: 'file',
      },
      {
        name: 'signed-out',
        value: 'FILE',
        summary: 'Sign, write the transaction for tao tx submit to FILE, and do not send it',
        complete: 'file',
      },
      {
        name: 'metadata-hash',
        value: 'WHEN',
        summary: 'Sign a hash of the metadata, which the chain compares with its own',
        choices: METADATA_HASH_CHOICES,
        defaultText: 'off',
      },
      {
        name: 'request-id',
        value: 'ID',
        summary: `Do this once: a repeat with this id (up to ${MAX_REQUEST_ID_LENGTH} characters) reports the first outcome`,
      },
    ],
  },
  consent: { title: 'Confirmation', options: CONSENT_OPTIONS },
  following: { title: 'Transaction', options: FOLLOWING_OPTIONS },
  price: {
    title: 'Price',
    options: [
      {
        name: 'tolerance',
        value: 'PERCENT',
        summary: `Accept a price this much worse, 0 to ${MAX_TOLERANCE_PERCENT} percent`,
        defaultText: SETTING_DEFAULTS.tolerance,
      },
      {
        name: 'limit-price',
        value: 'TAO_PER_ALPHA',
        summary: 'Accept no price worse than this, in TAO for one alpha',
      },
      { name: 'partial', summary: 'Trade what the limit allows instead of all or nothing' },
    ],
  },
};

/** Options of a command: its own, then those of its groups. */
export function optionsOf(spec: {
  readonly options?: readonly OptionSpec[];
  readonly groups?: readonly OptionGroupName[];
}): readonly OptionSpec[] {
  return [
    ...(spec.options ?? []),
    ...(spec.groups ?? []).flatMap((name) => OPTION_GROUPS[name].options),
  ];
}

export type TransactionOptions = {
  readonly dryRun: boolean;
  readonly wait: WaitFor;
  readonly timeoutMs: number;
  /** Mortality in blocks, a power of two. */
  readonly eraBlocks: number;
  /** Whether this command line says so, and not a preference. */
  readonly isEraGiven: boolean;
  readonly nonce: number | undefined;
  readonly requestId: string | undefined;
  /** The value of `--confirm`. */
  readonly confirm: string | undefined;
  /** File for the unsigned plan: leave after the plan. */
  readonly unsignedOut: string | undefined;
  /** File for the signed transaction: leave before sending. */
  readonly signedOut: string | undefined;
  readonly metadataHash: (typeof METADATA_HASH_CHOICES)[number];
  readonly shield: ShieldChoice;
};

/** Values of the transaction group. USAGE_INVALID, USAGE_CONFLICT; CONFIG_INVALID for a preference. */
export function parseTransactionOptions(raw: RawInput, settings: Settings): TransactionOptions {
  refuseTwoExits(raw);
  const metadataHash = optionText(raw, 'metadata-hash');
  const eraBlocks = Number.parseInt(settings.get('era'), 10);
  return {
    dryRun: raw.options['dry-run'] === true,
    ...parseFollowingOptions(settings),
    eraBlocks,
    isEraGiven: raw.options.era !== undefined,
    nonce: parseWholeOption(raw, 'nonce', MAX_NONCE),
    requestId: parseRequestId(optionText(raw, 'request-id')),
    confirm: optionText(raw, 'confirm'),
    unsignedOut: optionText(raw, 'unsigned-out'),
    signedOut: optionText(raw, 'signed-out'),
    metadataHash: METADATA_HASH_CHOICES.find((choice) => choice === metadataHash) ?? 'off',
    shield: parseShield(raw, eraBlocks),
  };
}

/** Values of the following group. CONFIG_INVALID for a bad preference. */
export function parseFollowingOptions(
  settings: Settings,
): Pick<TransactionOptions, 'wait' | 'timeoutMs'> {
  return {
    wait: settings.get('wait') as WaitFor,
    timeoutMs: Number.parseInt(settings.get('timeout'), 10) * 1000,
  };
}

/** A run leaves the way at one place; and a plan in a file is nothing that was done once. */
const EXCLUSIVE_OPTIONS = [
  ['dry-run', 'unsigned-out'],
  ['dry-run', 'signed-out'],
  ['unsigned-out', 'signed-out'],
  ['unsigned-out', 'request-id'],
] as const;

function refuseTwoExits(raw: RawInput): void {
  const isGiven = (name: string): boolean => raw.options[name] !== undefined;
  const pair = EXCLUSIVE_OPTIONS.find((names) => names.every(isGiven));
  if (pair === undefined) return;
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use --${pair[0]} and --${pair[1]} together.`,
    hint: 'Leave one of them out.',
    data: { options: pair },
  });
}

export type PriceOptions = {
  readonly tolerance: Ratio;
  /** Set when `--limit-price` was given: it replaces the tolerance. */
  readonly limitPriceRaoPerAlpha: bigint | undefined;
  readonly partial: boolean;
};

/** Values of the price group. USAGE_CONFLICT, AMOUNT_INVALID, AMOUNT_TOO_PRECISE, CONFIG_INVALID. */
export function parsePriceOptions(raw: RawInput, settings: Settings): PriceOptions {
  const limit = optionText(raw, 'limit-price');
  if (limit !== undefined && raw.options.tolerance !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --limit-price and --tolerance together: each sets the price limit.",
      hint: 'Leave one of them out.',
    });
  }
  return {
    tolerance: parsePercent(settings.get('tolerance')),
    limitPriceRaoPerAlpha: limit === undefined ? undefined : parseLimitPrice(limit),
    partial: raw.options.partial === true,
  };
}

export type WalletOptions = {
  readonly wallet: string;
  /** Absolute folder of wallets. */
  readonly walletPath: string;
  readonly passwordFile: string | undefined;
  readonly passwordFd: number | undefined;
};

/** Values of the wallet group. USAGE_CONFLICT, USAGE_INVALID. */
export function parseWalletOptions(raw: RawInput, settings: Settings): WalletOptions {
  const passwordFile = optionText(raw, 'password-file');
  const passwordFd = parseWholeOption(raw, 'password-fd', MAX_FILE_DESCRIPTOR);
  if (passwordFile !== undefined && passwordFd !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --password-file and --password-fd together: each names a password.",
      hint: 'Leave one of them out.',
    });
  }
  return {
    wallet: settings.get('wallet'),
    walletPath: settings.get('wallet-path'),
    passwordFile,
    passwordFd,
  };
}

/** The text of an option that takes one value, or undefined. */
export function optionText(raw: RawInput, name: string): string | undefined {
  const value = raw.options[name];
  return typeof value === 'string' ? value : undefined;
}

function parseLimitPrice(text: string): bigint {
  const priceRaoPerAlpha = parseRao(text, 'price limit');
  if (priceRaoPerAlpha > 0n) return priceRaoPerAlpha;
  throw new TaoError('AMOUNT_INVALID', {
    message: `Couldn't use the price limit "${text}": it must be more than zero.`,
    hint: 'Give a price above zero, in TAO for one alpha.',
    data: { value: text },
  });
}

/** A whole number from 0 to `max`; undefined when it was not given. USAGE_INVALID. */
export function parseWholeOption(raw: RawInput, name: string, max: number): number | undefined {
  const text = optionText(raw, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (value >= 0 && value <= max) return value;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --${name} "${text}": it must be a whole number from 0 to ${max}.`,
    hint: `Give --${name} a whole number.`,
    data: { option: name, value: text },
  });
}

function parseRequestId(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text.length <= MAX_REQUEST_ID_LENGTH && /^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(text)) {
    return text;
  }
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --request-id "${text}": it must be 1 to ${MAX_REQUEST_ID_LENGTH} letters, digits, or . _ : -, starting with a letter or digit.`,
    hint: 'Use an id such as payroll-2026-08.',
    data: { option: 'request-id', value: text },
  });
}
