# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# The secrets that components read from the store (bootstrap/secrets.tsv), and where their values come from.

# seed_variable COMPONENT NAME KEY: the environment variable that may hold the value; with _FILE added, a path to it.
seed_variable() { printf 'SEED_%s_%s_%s' "$1" "$2" "$3" | tr 'a-z-' 'A-Z_'; }

# seed_shared COMPONENT NAME KEY: the value is the credential that the platform itself uses on the git host.
seed_shared() {
  [[ $(type -t git_secret) == function && $2/$3 =~ ^(git|github)/(private_key|token)$ ]]
}

# seed_given COMPONENT NAME KEY: says yes if nobody needs to be asked for the value.
seed_given() {
  local variable file
  variable=$(seed_variable "$@")
  file=${variable}_FILE
  if [[ -n ${!variable:-} || -r ${!file:-} ]] || seed_shared "$@"; then printf yes; fi
}

# seed_person COMPONENT NAME KEY FILE: puts into the file what a person brings.
seed_person() {
  local variable file answer
  variable=$(seed_variable "$1" "$2" "$3")
  file=${variable}_FILE
  if [[ -n ${!variable:-} ]]; then
    printf %s "${!variable}" >"$4"
  elif [[ -r ${!file:-} ]]; then
    cat "${!file}" >"$4"
  elif seed_shared "$@"; then
    git_secret >"$4"
  elif [[ -n ${DRY_RUN:-} ]]; then
    log "(asks for $1 $2 $3)"
    : >"$4"
  elif [[ ! -t 0 ]]; then
    die "nobody is here to bring $1 $2 $3; set $variable, or $file to a path"
  elif [[ $3 == certificate || $3 == private_key ]]; then
    read -rp "   $1 $2: path of the ${3/_/ }: " answer
    cat "$answer" >"$4"
  else
    read -rsp "   $1 $2: $3 (not shown): " answer
    printf '\n' >&3
    [[ -n $answer ]] || die "$1 $2 $3 is empty"
    printf %s "$answer" >"$4"
  fi
}

# seed_generated COMPONENT NAME KEY FILE: puts into the file a value that nobody needs to know.
seed_generated() {
  case $1/$2/$3 in
  atlantis/git/token)
    [[ -n ${gitea_admin:-} ]] || gitea_open
    git_host_token >"$4"
    ;;
  atlantis/state/passphrase) secret_bytes bootstrap state-passphrase passphrase >"$4" ;;
  */username) printf %s "$PLATFORM_NAME" >"$4" ;;
  *) random >"$4" ;;
  esac
}

# seed_one COMPONENT NAME KEYS BORN: writes one secret, all keys at once, and has it copied to where it is read.
seed_one() {
  local folder=$scratch/seed-$1-$2 key namespace
  rm -rf "$folder"
  mkdir "$folder"
  for key in ${3//,/ }; do "seed_$4" "$1" "$2" "$key" "$folder/$key"; done
  store_put "platform/$1/$2" "$folder"
  rm -rf "$folder"
  log "$1 $2: written"
  while read -r namespace key <&5; do
    kube annotate externalsecret -n "$namespace" "$key" --overwrite "force-sync=$(date +%s)" >/dev/null
  done 5< <(kube get externalsecrets.external-secrets.io -A -o json 2>/dev/null \
    | jq -r --arg key "platform/$1/$2" '.items[] | select(any(.spec.data[]?; .remoteRef.key == $key))
      | .metadata | "\(.namespace) \(.name)"')
}
