/**
 * Calls of MevShield. A submission only announces itself here: the extrinsic inside it is opened
 * by the author of the block and follows it as an extrinsic of its own.
 */
import { blake2 } from '../blocks/header.ts';
import { encode } from '../scale/codec.ts';
import { toHex } from '../scale/hex.ts';
import { type CallRules, DONE, refused } from './context.ts';
import { BAD_ORIGIN } from './dispatch-error.ts';

export const shieldCalls: CallRules = {
  announce_next_key: () => refused(BAD_ORIGIN),
  submit_encrypted: ({ events, signer }, { ciphertext }) => {
    const id = toHex(blake2(encode('(AccountId32, Vec<u8>)', [signer, ciphertext])));
    events.push({ pallet: 'MevShield', name: 'EncryptedSubmitted', fields: { id, who: signer } });
    return DONE;
  },
};
