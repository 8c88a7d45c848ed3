# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# The roots below infrastructure/, each with a state of its own.

# state_passphrase: prints what encrypts the states.
state_passphrase() { secret_bytes bootstrap state-passphrase passphrase; }

# in_root NAME ARGUMENTS: runs the tool in one root, with what its backend and its providers read.
in_root() {
  local folder=$repository/infrastructure/$1
  shift
  (
    export TF_IN_AUTOMATION=1 TF_INPUT=0
    export KUBE_CONFIG_PATH=$kubeconfig KUBE_CTX=$context
    if [[ -z ${DRY_RUN:-} ]]; then
      TF_VAR_state_passphrase=$(state_passphrase)
      export TF_VAR_state_passphrase
    fi
    "$IAC_COMMAND" -chdir="$folder" "$@"
  )
}

# apply_root NAME [ARGUMENTS]: plans, shows the plan, asks, applies exactly that plan.
apply_root() {
  local name=$1 code=0
  shift
  in_root "$name" init -no-color >"$scratch/init" 2>&1 || {
    cat "$scratch/init" >&2
    die "infrastructure/$name could not be initialised"
  }
  in_root "$name" plan -no-color -detailed-exitcode -out "$scratch/$name.plan" "$@" >&3 || code=$?
  case $code in
  0) [[ -n ${DRY_RUN:-} ]] || { log "infrastructure/$name: nothing to change"; return; } ;;
  2) confirm "Apply this plan of infrastructure/$name?" yes ;;
  *) die "infrastructure/$name could not be planned" ;;
  esac
  in_root "$name" apply -no-color "$scratch/$name.plan" >&3
}

# destroy_root NAME [ARGUMENTS]
destroy_root() {
  local name=$1
  shift
  in_root "$name" init -no-color >/dev/null
  in_root "$name" destroy -no-color -auto-approve "$@" >&3
}

# store_for_iac: signs in to the store and hands address and token to its provider.
store_for_iac() {
  store_login
  export VAULT_ADDR=https://127.0.0.1:$store_port VAULT_CACERT=$scratch/ca.crt VAULT_TLS_SERVER_NAME=$store_host
  VAULT_TOKEN=$(sed -n 's/^X-Vault-Token: //p' "$scratch/store-header")
  export VAULT_TOKEN
}
