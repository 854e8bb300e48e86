/** What the exit codes mean, for the man page and the reference documents. Plain data. */

export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'Done, nothing to do, or an empty list.'],
  [1, 'Unexpected: a defect in the tool.'],
  [2, 'Usage: bad or missing input, or an answer needed and no way to ask.'],
  [3, 'Not confirmed.'],
  [4, 'Keys: missing, locked, a wrong password, or a check or signature that fails.'],
  [5, 'Network failure before anything was submitted: safe to repeat.'],
  [6, 'Refused by the chain.'],
  [7, 'Refused by policy: limit, price guard, stale facts.'],
  [8, 'Submitted, outcome unknown: use tao tx show or tao tx resume, do not repeat.'],
  [9, 'Local state unreadable, locked or corrupt.'],
  [130, 'Interrupted before submission.'],
];
