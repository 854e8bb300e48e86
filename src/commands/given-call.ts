/** Help about calls that come as bytes: whoever made them chose where the money goes. Plain data. */
export const GIVEN_CALL_HELP =
  'An account that would receive funds and is neither a wallet here, nor in the address book, nor was paid by a transfer from here before on this chain, has to be confirmed by typing its last 8 characters or giving them to --confirm; --yes is not enough. So has an account that would get rights, known or not. Several of them, funds that are destroyed, or a call that this tool cannot judge, are confirmed by the first 10 characters of the call hash.';
