/**
 * For tests: for every error the reference lists for a staking call, a state in which Alice's call
 * is refused with it. Data, but for the states.
 */
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { alice, bob } from './dev-client.ts';

export type Call = readonly [name: string, args: Readonly<Record<string, unknown>>];

export type RefusalCase = {
  readonly call: Call;
  /** `Name` of SubtensorModule, or `Pallet.Name`. */
  readonly error: string;
  /** Alice's calls before it; each succeeds. */
  readonly before?: readonly Call[];
  /** Inside a batch, where the checks before the pool do not see it. */
  readonly batched?: true;
  /** What the state is made to be before the refused call. */
  readonly given?: (economy: EconomyState) => void;
};

export const TAO = 1_000_000_000n;
export const AURORA = devAccounts['//Aurora//hot'];
export const BASALT = devAccounts['//Basalt//hot'];
/** An account that is nobody's hotkey. */
export const STRANGER = `0x${'44'.repeat(32)}`;
const NOWHERE = 77;

const at = { hotkey: AURORA, netuid: 4 };
const subnetOf = (economy: EconomyState, netuid: number): Subnet =>
  economy.subnets[netuid] as Subnet;
const on4 = (change: (subnet: Subnet) => void) => (economy: EconomyState) =>
  change(subnetOf(economy, 4));
const tokenOff = on4((subnet) => {
  subnet.subtokenEnabled = false;
});
/** A pool whose outputs are under the least reserve. */
const emptyPool = on4((subnet) => {
  subnet.alphaIn = 1_000n;
  subnet.taoReserve = 1_000n;
  subnet.emissionEnabled = false;
});

const add = (over: object = {}): Call => ['add_stake', { ...at, amount_staked: TAO, ...over }];
const addLimit = (over: object = {}): Call => [
  'add_stake_limit',
  { ...at, amount_staked: 100n * TAO, limit_price: 800_000_000n, allow_partial: false, ...over },
];
const remove = (over: object = {}): Call => [
  'remove_stake',
  { ...at, amount_unstaked: TAO, ...over },
];
const removeLimit = (over: object = {}): Call => [
  'remove_stake_limit',
  { ...at, amount_unstaked: TAO, limit_price: 1_000n, allow_partial: false, ...over },
];
const move = (over: object = {}): Call => [
  'move_stake',
  {
    origin_hotkey: AURORA,
    destination_hotkey: BASALT,
    origin_netuid: 4,
    destination_netuid: 4,
    alpha_amount: TAO,
    ...over,
  },
];
const transfer = (over: object = {}): Call => [
  'transfer_stake',
  {
    destination_coldkey: bob.account,
    hotkey: AURORA,
    origin_netuid: 4,
    destination_netuid: 4,
    alpha_amount: TAO,
    ...over,
  },
];
const swap = (over: object = {}): Call => [
  'swap_stake',
  { hotkey: AURORA, origin_netuid: 4, destination_netuid: 8, alpha_amount: TAO, ...over },
];
const lock = (over: object = {}): Call => ['lock_stake', { ...at, amount: TAO, ...over }];
const burn = (name: 'burn_alpha' | 'recycle_alpha', over: object = {}): Call => [
  name,
  { ...at, amount: TAO, ...over },
];

const staked = [add({ amount_staked: 100n * TAO })];
/** Everything Alice has on subnet 4 is locked. */
const allLocked = (economy: EconomyState): void => {
  const lockedMass = 1_000_000n * TAO;
  const record = economy.coldkeys[alice.account];
  if (record === undefined) throw new Error('nothing staked');
  record.locks[4] = { hotkey: AURORA, lockedMass, convictionBits: 0n, updatedAt: economy.block };
  record.perpetualLock[4] = true;
};
const bobAccepts = (economy: EconomyState, lockedTo?: string): void => {
  economy.coldkeys[bob.account] = {
    stakingHotkeys: [],
    ownedHotkeys: [],
    rootClaimType: { kind: 'swap' },
    autoStake: {},
    locks:
      lockedTo === undefined
        ? {}
        : {
            4: {
              hotkey: lockedTo,
              lockedMass: TAO,
              convictionBits: 0n,
              updatedAt: economy.block,
            },
          },
    perpetualLock: {},
    acceptsLockedAlpha: true,
  };
};

export const stakingRefusals: readonly RefusalCase[] = [
  { call: add({ amount_staked: 2n ** 63n }), error: 'InsufficientLiquidity' },
  { call: add({ netuid: NOWHERE }), error: 'SubnetNotExists' },
  { call: add(), error: 'SubtokenDisabled', given: tokenOff },
  { call: add({ amount_staked: 2_000_000n }), error: 'AmountTooLow' },
  { call: add({ amount_staked: 1_000_001n * TAO }), error: 'NotEnoughBalanceToStake' },
  { call: add({ hotkey: STRANGER }), error: 'HotKeyAccountNotExists' },
  {
    call: add({ amount_staked: 2_500_000n }),
    error: 'InsufficientLiquidity',
    given: on4((subnet) => {
      subnet.alphaIn = 1_000n;
    }),
  },
  {
    call: addLimit({ limit_price: 787_000_000n, amount_staked: 100_000n * TAO }),
    error: 'SlippageTooHigh',
  },
  { call: addLimit({ limit_price: 1_000n }), error: 'Swap.PriceLimitExceeded' },
  { call: addLimit({ netuid: 0, limit_price: TAO - 1n }), error: 'SlippageTooHigh' },
  {
    call: addLimit({ netuid: 0, limit_price: TAO - 1n, allow_partial: true }),
    error: 'AmountTooLow',
  },
  { call: addLimit({ netuid: NOWHERE }), error: 'SubnetNotExists' },
  {
    call: addLimit({ limit_price: 2n * TAO }),
    error: 'Swap.ReservesTooLow',
    given: emptyPool,
  },
  { call: remove({ netuid: NOWHERE }), error: 'SubtokenDisabled' },
  { call: remove(), error: 'SubtokenDisabled', before: staked, given: tokenOff },
  { call: remove({ amount_unstaked: 0n }), error: 'AmountTooLow', before: staked },
  { call: remove({ amount_unstaked: 1_000n }), error: 'AmountTooLow', before: staked },
  { call: remove({ hotkey: STRANGER }), error: 'AmountTooLow' },
  { call: remove(), error: 'InsufficientLiquidity', before: staked, given: emptyPool },
  { call: remove(), error: 'StakeUnavailable', before: staked, given: allLocked },
  { call: removeLimit({ netuid: NOWHERE }), error: 'SubnetNotExists' },
  {
    call: removeLimit({ amount_unstaked: 1_000n * TAO }),
    error: 'NotEnoughStakeToWithdraw',
    before: staked,
  },
  { call: removeLimit({ hotkey: STRANGER }), error: 'NotEnoughStakeToWithdraw' },
  {
    call: removeLimit({ limit_price: 900_000_000n }),
    error: 'Swap.PriceLimitExceeded',
    before: staked,
  },
  {
    call: removeLimit({ limit_price: 786_300_000n, amount_unstaked: 100n * TAO }),
    error: 'SlippageTooHigh',
    before: staked,
  },
  {
    call: ['remove_stake_full_limit', { ...at, limit_price: 786_230_000n }],
    error: 'SlippageTooHigh',
    before: staked,
  },
  { call: ['unstake_all', { hotkey: STRANGER }], error: 'HotKeyAccountNotExists' },
  { call: ['unstake_all_alpha', { hotkey: STRANGER }], error: 'HotKeyAccountNotExists' },
  { call: ['unstake_all_alpha', { hotkey: AURORA }], error: 'AmountTooLow' },
  { call: move({ destination_hotkey: AURORA }), error: 'SameNetuid', before: staked },
  { call: move({ destination_netuid: NOWHERE }), error: 'SubnetNotExists', before: staked },
  { call: move(), error: 'SubtokenDisabled', before: staked, given: tokenOff },
  { call: move({ destination_hotkey: STRANGER }), error: 'HotKeyAccountNotExists', before: staked },
  {
    call: move({ destination_netuid: 8 }),
    error: 'InsufficientLiquidity',
    before: staked,
    given: emptyPool,
  },
  {
    call: move({ destination_netuid: 8 }),
    error: 'StakeUnavailable',
    before: staked,
    given: allLocked,
  },
  { call: move({ alpha_amount: 1_000n }), error: 'AmountTooLow', before: staked },
  {
    call: move({ alpha_amount: 1_000n, destination_netuid: 8 }),
    error: 'AmountTooLow',
    before: staked,
  },
  {
    call: transfer(),
    error: 'TransferDisallowed',
    before: staked,
    given: on4((subnet) => {
      subnet.transferToggle = false;
    }),
  },
  { call: transfer(), error: 'AccountRejectsLockedAlpha', before: staked, given: allLocked },
  {
    call: transfer(),
    error: 'LockHotkeyMismatch',
    before: staked,
    given: (economy) => {
      allLocked(economy);
      bobAccepts(economy, BASALT);
    },
  },
  { call: transfer({ destination_coldkey: alice.account }), error: 'SameNetuid', before: staked },
  { call: swap({ destination_netuid: 4 }), error: 'SameNetuid', before: staked },
  { call: swap({ destination_netuid: NOWHERE }), error: 'SubnetNotExists', before: staked },
  {
    call: ['swap_stake_limit', { ...swap()[1], limit_price: 3n * TAO, allow_partial: false }],
    error: 'SlippageTooHigh',
    before: staked,
  },
  {
    call: [
      'swap_stake_limit',
      { ...swap({ destination_netuid: 0 })[1], limit_price: 3n * TAO, allow_partial: false },
    ],
    error: 'Swap.PriceLimitExceeded',
    before: staked,
  },
  ...(['burn_alpha', 'recycle_alpha'] as const).flatMap((name): RefusalCase[] => [
    { call: burn(name, { netuid: NOWHERE }), error: 'SubnetNotExists' },
    { call: burn(name, { netuid: 0 }), error: 'CannotBurnOrRecycleOnRootSubnet' },
    { call: burn(name), error: 'SubtokenDisabled', before: staked, given: tokenOff },
    { call: burn(name, { hotkey: STRANGER }), error: 'HotKeyAccountNotExists' },
    {
      call: burn(name, { amount: 100n * TAO }),
      error: 'InsufficientLiquidity',
      before: staked,
      given: on4((subnet) => {
        subnet.alphaOut = 1n;
      }),
    },
    { call: burn(name), error: 'StakeUnavailable', before: staked, given: allLocked },
  ]),
  {
    call: ['add_stake_burn', { ...at, amount: TAO, limit: 1_000n }],
    error: 'Swap.PriceLimitExceeded',
  },
  { call: ['claim_root', { subnets: [] }], error: 'InvalidSubnetNumber' },
  { call: ['claim_root', { subnets: [1, 2, 3, 4, 5, 6] }], error: 'InvalidSubnetNumber' },
  {
    call: [
      'set_root_claim_type',
      { new_root_claim_type: { type: 'KeepSubnets', value: { subnets: [] } } },
    ],
    error: 'InvalidSubnetNumber',
  },
  {
    call: ['set_coldkey_auto_stake_hotkey', { netuid: NOWHERE, hotkey: AURORA }],
    error: 'SubnetNotExists',
  },
  {
    call: ['set_coldkey_auto_stake_hotkey', { netuid: 4, hotkey: STRANGER }],
    error: 'HotKeyNotRegisteredInSubNet',
  },
  {
    call: ['set_coldkey_auto_stake_hotkey', { netuid: 4, hotkey: AURORA }],
    error: 'SameAutoStakeHotkeyAlreadySet',
    before: [['set_coldkey_auto_stake_hotkey', { netuid: 4, hotkey: AURORA }]],
  },
  { call: lock({ amount: 0n }), error: 'AmountTooLow', before: staked },
  { call: lock({ hotkey: STRANGER }), error: 'HotKeyAccountNotExists', before: staked },
  { call: lock({ amount: 1_000n * TAO }), error: 'InsufficientStakeForLock', before: staked },
  { call: lock({ hotkey: BASALT }), error: 'LockHotkeyMismatch', before: [...staked, lock()] },
  { call: ['move_lock', { destination_hotkey: BASALT, netuid: 4 }], error: 'NoExistingLock' },
];
