import { expect, it } from 'vitest';
import { HASH_CHARACTERS } from '../pipeline/offline/new-destinations.ts';
import { CONFIRMED_LENGTH } from '../pipeline/plan-transfer.ts';
import { GIVEN_CALL_HELP } from './given-call.ts';

it('help names as many characters as are asked for', () => {
  expect(GIVEN_CALL_HELP).toContain(`its last ${CONFIRMED_LENGTH} characters`);
  expect(GIVEN_CALL_HELP).toContain(`the first ${HASH_CHARACTERS} characters of the call hash`);
});
