/** Addresses of the embedded chain that help examples name, so that they work as typed. Plain data. */
export const devExamples = {
  /** Hotkey of the validator Basalt. */
  validator: '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7',
  /** Coldkey //Delegator2, which has stake at genesis. */
  delegator: '5CtyxUn5KEpxEY9Tf6cQc82jBH3rscPGGLZm2mwHf6bAiAxT',
} as const;
