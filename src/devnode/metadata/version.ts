/** The runtime version the dev chain presents: spec 424 of node-subtensor. */
export const SPEC_NAME = 'node-subtensor';
export const SPEC_VERSION = 424;
export const TRANSACTION_VERSION = 1;
