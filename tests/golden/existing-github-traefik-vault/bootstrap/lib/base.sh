# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# Words to the person, waiting with an end, a private place for files.

# Kept between runs, outside the repository: the kubeconfig, and what somebody must put into a safe.
home=${XDG_STATE_HOME:-$HOME/.local/state}/clusterwright/$PLATFORM_NAME
[[ -n ${DRY_RUN:-} ]] || mkdir -p "$home"
# Gone when the script ends.
scratch=$(mktemp -d)
children=()
# What cleans up before that, the latest first: names of functions.
at_exit=()

# log WORDS: what was found or done; a dry run does nothing, and keeps only what it would wait for, ask or check.
log() { [[ -n ${DRY_RUN:-} && $1 != [-\(]* ]] || printf '   %s\n' "$*" >&3; }
die() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 1
}

cleanup() {
  local code=$? index child
  for ((index = ${#at_exit[@]} - 1; index >= 0; index--)); do "${at_exit[index]}" || true; done
  for child in ${children[@]+"${children[@]}"}; do kill "$child" 2>/dev/null || true; done
  rm -rf "$scratch"
  exit "$code"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# within SECONDS WHAT COMMAND...: repeats the command until it succeeds or the time is over.
within() {
  local limit=$1 what=$2 begin=$SECONDS
  shift 2
  if [[ -n ${DRY_RUN:-} ]]; then
    log "(waits up to $limit seconds: $what)"
    return
  fi
  until "$@"; do
    ((SECONDS - begin < limit)) || die "$what: still not so after $limit seconds"
    sleep "${POLL:-5}"
  done
}

# confirm QUESTION WORD: goes on only when the person types the word.
confirm() {
  local answer
  if [[ -n ${DRY_RUN:-} || ${ASSUME_YES:-} == "$2" ]]; then return; fi
  [[ -t 0 ]] || die "$1 Nobody is here to answer; see --help for the option that confirms it"
  read -rp "   $1 Type $2 to go on: " answer
  [[ $answer == "$2" ]] || die 'stopped; nothing was changed by this step'
}

# random: 32 random bytes, in letters, digits, - and _.
random() { openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'; }

# encode FOLDER: a JSON object of the files in a folder, so that no value is ever an argument.
encode() {
  local file files=()
  for file in "$1"/*; do files+=(--rawfile "${file##*/}" "$file"); done
  jq --null-input --compact-output "${files[@]}" '$ARGS.named'
}

if [[ -n ${DRY_RUN:-} ]]; then
  # In a dry run every tool prints what it would be asked to do, and is never started.
  show() {
    printf '   +' >&3
    printf ' %q' "$@" >&3
    printf '\n' >&3
  }
  for tool in curl git helm kubectl openssl tofu; do
    eval "$tool() { show $tool \"\$@\"; [[ -t 0 ]] || cat >/dev/null; }"
  done
  exec </dev/null
fi
