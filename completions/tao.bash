# bash completion for tao. Generated from the command specs; do not edit.
_tao() {
  local cur="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local command="" words="" i
  # --option=value arrives as three words.
  if [[ "$cur" == "=" ]]; then cur=""
  elif [[ "$previous" == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${COMP_WORDS[i]}" in --color|--words|--hotkey|--mnemonic-out|--confirm|--wallet|--wallet-path|--password-file|--password-fd|--mnemonic-file|--seed-file|--private-key-file|--uri-file|--json-file|--json-password-file|--keyfile|--keyfile-password-file|--address|--scheme|--network|--to|--amount|--as|--wait|--timeout|--era|--nonce|--unsigned-out|--signed-out|--metadata-hash|--request-id|--file|--signature|--signer|--new-password-file|--note|--netuid|--tolerance|--limit-price|--days|--port|--block-time|--blocks|--tempos) ((i += 1));
      [[ "${COMP_WORDS[i]}" == "=" ]] && ((i += 1)); continue ;; esac
    case "$command ${COMP_WORDS[i]}" in
      " wallet") command="wallet" ;;
      "wallet create") command="wallet create" ;;
      "wallet import") command="wallet import" ;;
      "wallet list") command="wallet list" ;;
      "wallet show") command="wallet show" ;;
      "wallet balance") command="wallet balance" ;;
      "wallet transfer") command="wallet transfer" ;;
      "wallet hotkey") command="wallet hotkey" ;;
      "wallet hotkey create") command="wallet hotkey create" ;;
      "wallet hotkey import") command="wallet hotkey import" ;;
      "wallet hotkey list") command="wallet hotkey list" ;;
      "wallet sign") command="wallet sign" ;;
      "wallet verify") command="wallet verify" ;;
      "wallet password") command="wallet password" ;;
      "wallet password change") command="wallet password change" ;;
      "wallet password remove") command="wallet password remove" ;;
      "wallet check") command="wallet check" ;;
      "wallet address-book") command="wallet address-book" ;;
      "wallet address-book add") command="wallet address-book add" ;;
      "wallet address-book list") command="wallet address-book list" ;;
      "wallet address-book remove") command="wallet address-book remove" ;;
      " stake") command="stake" ;;
      "stake add") command="stake add" ;;
      "stake list") command="stake list" ;;
      " unstake") command="unstake" ;;
      " delegate") command="delegate" ;;
      "delegate list") command="delegate list" ;;
      " rewards") command="rewards" ;;
      "rewards show") command="rewards show" ;;
      "rewards estimate") command="rewards estimate" ;;
      " subnet") command="subnet" ;;
      "subnet list") command="subnet list" ;;
      " tx") command="tx" ;;
      "tx list") command="tx list" ;;
      "tx show") command="tx show" ;;
      "tx resume") command="tx resume" ;;
      " dev") command="dev" ;;
      "dev run") command="dev run" ;;
      "dev advance") command="dev advance" ;;
      "dev status") command="dev status" ;;
      "dev reset") command="dev reset" ;;
      "dev fund") command="dev fund" ;;
      " config") command="config" ;;
      "config list") command="config list" ;;
      "config get") command="config get" ;;
      "config set") command="config set" ;;
      "config unset") command="config unset" ;;
      "config path") command="config path" ;;
      " completion") command="completion" ;;
      " demo") command="demo" ;;
      " help") command="help" ;;
    esac
  done
  COMPREPLY=()
  case "$command:$previous" in
    *:--color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
    *:--words) COMPREPLY=($(compgen -W "12 15 18 21 24" -- "$cur")); return ;;
    *:--hotkey) return ;;
    *:--mnemonic-out) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--confirm) return ;;
    *:--wallet) return ;;
    *:--wallet-path) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    *:--password-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--password-fd) return ;;
    *:--mnemonic-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--seed-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--private-key-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--uri-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--json-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--json-password-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--keyfile) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--keyfile-password-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--address) return ;;
    *:--scheme) COMPREPLY=($(compgen -W "sr25519 ed25519" -- "$cur")); return ;;
    *:--network) COMPREPLY=($(compgen -W "finney test archive local dev" -- "$cur")); return ;;
    *:--to) return ;;
    *:--amount) return ;;
    *:--as) return ;;
    *:--wait) COMPREPLY=($(compgen -W "submitted included finalized" -- "$cur")); return ;;
    *:--timeout) return ;;
    *:--era) return ;;
    *:--nonce) return ;;
    *:--unsigned-out) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--signed-out) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--metadata-hash) COMPREPLY=($(compgen -W "on off auto" -- "$cur")); return ;;
    *:--request-id) return ;;
    *:--file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--signature) return ;;
    *:--signer) return ;;
    *:--new-password-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--note) return ;;
    *:--netuid) return ;;
    *:--tolerance) return ;;
    *:--limit-price) return ;;
    *:--days) return ;;
    *:--port) return ;;
    *:--block-time) return ;;
    *:--blocks) return ;;
    *:--tempos) return ;;
  esac
  if [[ "$cur" == -* ]]; then
    case "$command" in
      "") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet create") words="--words --hotkey --no-hotkey --mnemonic-out --plain --overwrite --confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet import") words="--mnemonic-file --seed-file --private-key-file --uri-file --json-file --json-password-file --keyfile --keyfile-password-file --address --scheme --plain --overwrite --confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet list") words="--wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet show") words="--wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet balance") words="--all --network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet transfer") words="--to --amount --network --wallet --wallet-path --password-file --password-fd --as --yes -y --confirm --dry-run --wait --timeout --era --nonce --unsigned-out --signed-out --metadata-hash --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet hotkey") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet hotkey create") words="--words --mnemonic-out --encrypt --overwrite --confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet hotkey import") words="--mnemonic-file --seed-file --private-key-file --uri-file --json-file --json-password-file --keyfile --keyfile-password-file --address --scheme --encrypt --overwrite --confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet hotkey list") words="--wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet sign") words="--file --hotkey --yes -y --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet verify") words="--file --signature --signer --scheme --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet password") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet password change") words="--new-password-file --portable --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet password remove") words="--confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet check") words="--all --unlock --repair --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet address-book") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet address-book add") words="--note --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet address-book list") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet address-book remove") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake add") words="--netuid --hotkey --amount --network --wallet --wallet-path --password-file --password-fd --tolerance --limit-price --partial --as --yes -y --confirm --dry-run --wait --timeout --era --nonce --unsigned-out --signed-out --metadata-hash --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake list") words="--network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "unstake") words="--netuid --hotkey --amount --all --network --wallet --wallet-path --password-file --password-fd --tolerance --limit-price --partial --as --yes -y --confirm --dry-run --wait --timeout --era --nonce --unsigned-out --signed-out --metadata-hash --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "delegate") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "delegate list") words="--netuid --network --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "rewards") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "rewards show") words="--network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "rewards estimate") words="--hotkey --netuid --amount --days --network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "subnet") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "subnet list") words="--network --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "tx") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "tx list") words="--unsettled --network --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "tx show") words="--network --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "tx resume") words="--network --as --yes -y --confirm --dry-run --wait --timeout --era --nonce --unsigned-out --signed-out --metadata-hash --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev run") words="--port --block-time --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev advance") words="--blocks --tempos --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev status") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev reset") words="--yes -y --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "dev fund") words="--wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config list") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config get") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config set") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config unset") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "config path") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "completion") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "demo") words="--keep --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "help") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case "$command" in
    "") COMPREPLY=($(compgen -W "wallet stake unstake delegate rewards subnet tx dev config completion demo help" -- "$cur")); ;;
    "wallet") COMPREPLY=($(compgen -W "create import list show balance transfer hotkey sign verify password check address-book" -- "$cur")); ;;
    "wallet create") ;;
    "wallet import") ;;
    "wallet list") ;;
    "wallet show") ;;
    "wallet balance") ;;
    "wallet transfer") ;;
    "wallet hotkey") COMPREPLY=($(compgen -W "create import list" -- "$cur")); ;;
    "wallet hotkey create") ;;
    "wallet hotkey import") ;;
    "wallet hotkey list") ;;
    "wallet sign") ;;
    "wallet verify") ;;
    "wallet password") COMPREPLY=($(compgen -W "change remove" -- "$cur")); ;;
    "wallet password change") ;;
    "wallet password remove") ;;
    "wallet check") ;;
    "wallet address-book") COMPREPLY=($(compgen -W "add list remove" -- "$cur")); ;;
    "wallet address-book add") ;;
    "wallet address-book list") ;;
    "wallet address-book remove") ;;
    "stake") COMPREPLY=($(compgen -W "add list" -- "$cur")); ;;
    "stake add") ;;
    "stake list") ;;
    "unstake") ;;
    "delegate") COMPREPLY=($(compgen -W "list" -- "$cur")); ;;
    "delegate list") ;;
    "rewards") COMPREPLY=($(compgen -W "show estimate" -- "$cur")); ;;
    "rewards show") ;;
    "rewards estimate") ;;
    "subnet") COMPREPLY=($(compgen -W "list" -- "$cur")); ;;
    "subnet list") ;;
    "tx") COMPREPLY=($(compgen -W "list show resume" -- "$cur")); ;;
    "tx list") ;;
    "tx show") ;;
    "tx resume") ;;
    "dev") COMPREPLY=($(compgen -W "run advance status reset fund" -- "$cur")); ;;
    "dev run") ;;
    "dev advance") ;;
    "dev status") ;;
    "dev reset") ;;
    "dev fund") ;;
    "config") COMPREPLY=($(compgen -W "list get set unset path" -- "$cur")); ;;
    "config list") ;;
    "config get") COMPREPLY=($(compgen -W "network wallet wallet-path tolerance wait timeout era color" -- "$cur")); ;;
    "config set") COMPREPLY=($(compgen -W "network wallet wallet-path tolerance wait timeout era color" -- "$cur")); ;;
    "config unset") COMPREPLY=($(compgen -W "network wallet wallet-path tolerance wait timeout era color" -- "$cur")); ;;
    "config path") ;;
    "completion") COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur")); ;;
    "demo") ;;
    "help") COMPREPLY=($(compgen -W "wallet stake unstake delegate rewards subnet tx dev config completion demo" -- "$cur")); ;;
  esac
}
complete -F _tao tao
