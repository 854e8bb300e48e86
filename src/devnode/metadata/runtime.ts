/** Everything declared of spec 424, put together: the profile that others are laid over. */
import { apis } from './apis.ts';
import type { PalletDeclaration, TypeDeclarations } from './declare.ts';
import { balances } from './pallets/balances.ts';
import { commitments } from './pallets/commitments.ts';
import { crowdloan } from './pallets/crowdloan.ts';
import { mevShield } from './pallets/mev-shield.ts';
import { multisig } from './pallets/multisig.ts';
import { proxy } from './pallets/proxy.ts';
import { alphaAssets, aura, drand, safeMode } from './pallets/storage-only.ts';
import { subtensorModule } from './pallets/subtensor.ts';
import { swap } from './pallets/swap.ts';
import { system } from './pallets/system.ts';
import { timestamp } from './pallets/timestamp.ts';
import { transactionPayment } from './pallets/transaction-payment.ts';
import { utility } from './pallets/utility.ts';
import type { RuntimeProfile } from './profiles/profile.ts';
import { extensionsTypes } from './types/extensions.ts';
import { frameTypes } from './types/frame.ts';
import { metagraphTypes } from './types/metagraph.ts';
import { palletTypes } from './types/pallets.ts';
import { subtensorTypes } from './types/subtensor.ts';
import { viewsTypes } from './types/views.ts';
import { SPEC_VERSION } from './version.ts';

const pallets: readonly PalletDeclaration[] = [
  system,
  timestamp,
  aura,
  balances,
  transactionPayment,
  subtensorModule,
  utility,
  multisig,
  proxy,
  commitments,
  safeMode,
  drand,
  crowdloan,
  swap,
  mevShield,
  alphaAssets,
];

const types: TypeDeclarations = {
  ...frameTypes,
  ...subtensorTypes,
  ...viewsTypes,
  ...metagraphTypes,
  ...palletTypes,
  ...extensionsTypes,
};

export const baseProfile: RuntimeProfile = {
  name: '424',
  specVersion: SPEC_VERSION,
  pallets,
  types,
  apis,
};
