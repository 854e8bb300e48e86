/** Everything declared, put together: the pallets by index and the types by name. */
import type { PalletDeclaration, TypeDeclarations } from './declare.ts';
import { balances } from './pallets/balances.ts';
import { multisig } from './pallets/multisig.ts';
import { proxy } from './pallets/proxy.ts';
import { alphaAssets, aura, drand, mevShield, safeMode } from './pallets/storage-only.ts';
import { subtensorModule } from './pallets/subtensor.ts';
import { swap } from './pallets/swap.ts';
import { system } from './pallets/system.ts';
import { timestamp } from './pallets/timestamp.ts';
import { transactionPayment } from './pallets/transaction-payment.ts';
import { utility } from './pallets/utility.ts';
import { extensionsTypes } from './types/extensions.ts';
import { frameTypes } from './types/frame.ts';
import { metagraphTypes } from './types/metagraph.ts';
import { subtensorTypes } from './types/subtensor.ts';
import { viewsTypes } from './types/views.ts';

export const pallets: readonly PalletDeclaration[] = [
  system,
  timestamp,
  aura,
  balances,
  transactionPayment,
  subtensorModule,
  utility,
  multisig,
  proxy,
  safeMode,
  drand,
  swap,
  mevShield,
  alphaAssets,
];

export const declaredTypes: TypeDeclarations = {
  ...frameTypes,
  ...subtensorTypes,
  ...viewsTypes,
  ...metagraphTypes,
  ...extensionsTypes,
};
