# bash completion for tao. Generated from the command specs; do not edit.
_tao() {
  local cur="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local command="" words="" i
  # --option=value arrives as three words.
  if [[ "$cur" == "=" ]]; then cur=""
  elif [[ "$previous" == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command ${COMP_WORDS[i]}" in
      " wallet") command="wallet" ;;
      "wallet create") command="wallet create" ;;
      "wallet import") command="wallet import" ;;
      "wallet list") command="wallet list" ;;
      "wallet balance") command="wallet balance" ;;
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
    *:--uri-file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    *:--address) return ;;
    *:--network) COMPREPLY=($(compgen -W "finney test archive local dev" -- "$cur")); return ;;
    *:--netuid) return ;;
    *:--amount) return ;;
    *:--tolerance) return ;;
    *:--limit-price) return ;;
    *:--wait) COMPREPLY=($(compgen -W "submitted included finalized" -- "$cur")); return ;;
    *:--timeout) return ;;
    *:--era) return ;;
    *:--nonce) return ;;
    *:--request-id) return ;;
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
      "wallet import") words="--mnemonic-file --seed-file --uri-file --address --hotkey --plain --overwrite --confirm --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet list") words="--wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "wallet balance") words="--all --network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake") words="--json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake add") words="--netuid --hotkey --amount --network --wallet --wallet-path --password-file --password-fd --tolerance --limit-price --partial --yes -y --confirm --dry-run --wait --timeout --era --nonce --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "stake list") words="--network --wallet --wallet-path --password-file --password-fd --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
      "unstake") words="--netuid --hotkey --amount --all --network --wallet --wallet-path --password-file --password-fd --tolerance --limit-price --partial --yes -y --confirm --dry-run --wait --timeout --era --nonce --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
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
      "tx resume") words="--network --yes -y --confirm --dry-run --wait --timeout --era --nonce --request-id --json --quiet -q --verbose -v --no-input --color --version --help -h" ;;
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
    "wallet") COMPREPLY=($(compgen -W "create import list balance" -- "$cur")); ;;
    "wallet create") ;;
    "wallet import") ;;
    "wallet list") ;;
    "wallet balance") ;;
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
