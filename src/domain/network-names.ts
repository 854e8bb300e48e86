/** The names of networks, in the order in which help and completion list them. Pure data. */
export const NETWORK_NAMES = ['finney', 'archive', 'latent-lite', 'test', 'local', 'dev'] as const;

export type NetworkName = (typeof NETWORK_NAMES)[number];
