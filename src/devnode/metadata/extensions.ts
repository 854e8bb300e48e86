/** The signed extensions in the order of their bytes. Facts of spec 424. */
import type { ExtensionDeclaration } from './declare.ts';

export const extensions: readonly ExtensionDeclaration[] = [
  { identifier: 'CheckNonZeroSender', extra: 'CheckNonZeroSender', implicit: '()' },
  { identifier: 'CheckSpecVersion', extra: 'CheckSpecVersion', implicit: 'u32' },
  { identifier: 'CheckTxVersion', extra: 'CheckTxVersion', implicit: 'u32' },
  { identifier: 'CheckGenesis', extra: 'CheckGenesis', implicit: 'H256' },
  { identifier: 'CheckMortality', extra: 'CheckMortality', implicit: 'H256' },
  { identifier: 'CheckNonce', extra: 'CheckNonce', implicit: '()' },
  { identifier: 'CheckWeight', extra: 'CheckWeight', implicit: '()' },
  { identifier: 'ChargeTransactionPayment', extra: 'ChargeTransactionPayment', implicit: '()' },
  {
    identifier: 'SudoTransactionExtension',
    extra: 'SudoTransactionExtension<Runtime>',
    implicit: '()',
  },
  {
    identifier: 'CheckShieldedTxValidity',
    extra: 'CheckShieldedTxValidity<Runtime>',
    implicit: '()',
  },
  {
    identifier: 'SubtensorTransactionExtension',
    extra: 'SubtensorTransactionExtension<Runtime>',
    implicit: '()',
  },
  { identifier: 'DrandPriority', extra: 'DrandPriority<Runtime>', implicit: '()' },
  { identifier: 'CheckMetadataHash', extra: 'CheckMetadataHash', implicit: 'Option<[u8; 32]>' },
];
