/** The signed extensions of an extrinsic, by the text that stands for them in declarations. Facts of spec 424. */
import { enumeration, struct, type TypeDeclarations } from '../declare.ts';

export const extensionsTypes: TypeDeclarations = {
  ChargeTransactionPayment: struct(
    'pallet_transaction_payment::ChargeTransactionPayment',
    ['Compact<u64> as BalanceOf<T>'],
    ['T'],
  ),
  ChargeTransactionPaymentWrapper: struct(
    'node_subtensor_runtime::transaction_payment_wrapper::ChargeTransactionPaymentWrapper',
    { inner: 'ChargeTransactionPayment as ChargeTransactionPayment<T>' },
    ['T'],
  ),
  CheckGenesis: struct('frame_system::extensions::check_genesis::CheckGenesis', [], ['T']),
  CheckMetadataHash: struct('frame_metadata_hash_extension::CheckMetadataHash', { mode: 'Mode' }, [
    'T',
  ]),
  CheckMortality: struct('node_subtensor_runtime::check_mortality::CheckMortality', ['Era'], ['T']),
  CheckNonZeroSender: struct(
    'frame_system::extensions::check_non_zero_sender::CheckNonZeroSender',
    [],
    ['T'],
  ),
  CheckNonce: struct('node_subtensor_runtime::check_nonce::CheckNonce', ['Compact<u32>'], ['T']),
  'CheckShieldedTxValidity<Runtime>': struct(
    'pallet_shield::extension::CheckShieldedTxValidity',
    [],
    ['T=Runtime'],
  ),
  CheckSpecVersion: struct(
    'frame_system::extensions::check_spec_version::CheckSpecVersion',
    [],
    ['T'],
  ),
  CheckTxVersion: struct('frame_system::extensions::check_tx_version::CheckTxVersion', [], ['T']),
  CheckWeight: struct('frame_system::extensions::check_weight::CheckWeight', [], ['T']),
  'DrandPriority<Runtime>': struct(
    'pallet_drand::drand_priority::DrandPriority',
    [],
    ['T=Runtime'],
  ),
  Mode: enumeration('frame_metadata_hash_extension::Mode', ['Disabled', 'Enabled']),
  'SubtensorTransactionExtension<Runtime>': struct(
    'pallet_subtensor::extensions::subtensor::SubtensorTransactionExtension',
    [],
    ['T=Runtime'],
  ),
  'SudoTransactionExtension<Runtime>': struct(
    'node_subtensor_runtime::sudo_wrapper::SudoTransactionExtension',
    [],
    ['T=Runtime'],
  ),
};
