/** Addresses of the embedded chain that help examples name, so that they work as typed. Plain data. */
export const devExamples = {
  /** Hotkey of the validator Basalt. */
  validator: '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7',
  /** Coldkey that owns it. */
  validatorOwner: '//Basalt',
  /** Hotkey of the validator Dunlin. */
  otherValidator: '5EU4dqmsJ8b57Ur57gahmrrWuovF6Ag5556z3jvKPx1b4nXp',
  /** Coldkey //Delegator2, which has stake at genesis. */
  delegator: '5CtyxUn5KEpxEY9Tf6cQc82jBH3rscPGGLZm2mwHf6bAiAxT',
  /** Stake 3 TAO with Basalt on subnet 8: the SCALE bytes of the call. */
  call: '0x0758ec423d1b448bf2207e8c89e92723ed516819f7eacba59b6a7cd52a3bfd38b1250800005ed0b200000000e6c3a1180000000000',
  /** Start of the checksum of the policy that the examples of tao policy set leave. */
  policyMark: '59216676',
} as const;
