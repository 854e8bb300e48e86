/** The TransactionPayment pallet of spec 424 as the dev chain declares it. Facts only. */
import {
  type ConstantDeclarations,
  type EventDeclarations,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
} from '../declare.ts';

const events: EventDeclarations = {
  TransactionFeePaid: {
    who: 'AccountId32',
    actual_fee: 'u64 as BalanceOf<T>',
    tip: 'u64 as BalanceOf<T>',
  },
};

const storage: StorageDeclarations = {
  NextFeeMultiplier: plain(
    'sp_arithmetic::fixed_point::FixedU128',
    '0x000064a7b3b6e00d0000000000000000',
  ),
};

const constants: ConstantDeclarations = {
  OperationalFeeMultiplier: ['u8', '0x05'],
};

export const transactionPayment: PalletDeclaration = {
  name: 'TransactionPayment',
  index: 6,
  module: 'pallet_transaction_payment::pallet',
  calls: {},
  events,
  errors: [],
  storage,
  constants,
};
