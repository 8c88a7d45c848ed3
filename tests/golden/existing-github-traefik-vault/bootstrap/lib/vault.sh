# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# Vault cannot initialise itself: this does it, once, and takes the root token back.

vault_is_active() { [[ $(store_api GET sys/leader 2>/dev/null | jq '.is_self') == true ]]; }

# vault_first_configuration: initialises, configures, revokes. What it learns is in one file that only you can read,
# until the root token is revoked; so an interrupted run goes on where it stopped.
vault_first_configuration() {
  local kept=$home/vault-init.json root
  store_open "pod/$STORE-0"
  if [[ -z ${DRY_RUN:-} && $(store_api GET sys/init | jq '.initialized') == true && ! -e $kept ]]; then
    log 'Vault is initialised already'
    return
  fi
  if [[ ! -e $kept ]]; then
    printf '{"recovery_shares": 5, "recovery_threshold": 3}' | store_api POST sys/init --data @- >"$scratch/vault-init"
    [[ -n ${DRY_RUN:-} ]] || mv "$scratch/vault-init" "$kept"
  fi
  root=$(jq -r '.root_token // empty' "$kept" 2>/dev/null) || true
  store_token "$root"
  within 120 'Vault is active' vault_is_active
  if [[ -z ${DRY_RUN:-} ]] && ! store_api GET auth/token/lookup-self >/dev/null 2>&1; then
    rm -f "$kept"
    log 'Vault is configured already, and its root token revoked'
    return
  fi

  vault_enable audit stdout '{"type": "file", "options": {"file_path": "stdout"}}'
  vault_enable auth kubernetes '{"type": "kubernetes", "description": "ServiceAccounts of this cluster"}'
  vault_enable auth userpass '{"type": "userpass", "description": "People", "config": {"listing_visibility": "unauth"}}'
  vault_enable mounts secret '{"type": "kv", "options": {"version": "2"}}'
  printf '{"kubernetes_host": "https://kubernetes.default.svc.cluster.local"}' \
    | store_api POST auth/kubernetes/config --data @- >/dev/null
  vault_role bootstrap 30m 1h
  vault_role break-glass 15m 30m

  if [[ -z ${RECOVER_FROM:-} && -z ${DRY_RUN:-} ]]; then
    jq '{recovery_keys: .recovery_keys_base64, threshold: 3}' "$kept" >"$scratch/recovery-keys"
    mv "$scratch/recovery-keys" "$home/recovery-keys.json"
    log "the recovery keys are in $home/recovery-keys.json; give each to another person's safe"
  fi
  store_logout
  rm -f "$kept"
  log 'Vault is configured, and its root token revoked'
}

# vault_enable KIND PATH JSON: enables an engine, a sign-in method or an audit device that is not there yet.
vault_enable() {
  store_api GET "sys/$1" | jq -e --arg path "$2/" '.data // . | has($path)' >/dev/null 2>&1 \
    || store_api POST "sys/$1/$2" --data "$3" >/dev/null
}

# vault_role NAME TTL LONGEST: the policy of that name, and the role that takes it for a while.
vault_role() {
  jq --null-input --rawfile policy "$bootstrap/vault/$1.hcl" '{policy: $policy}' \
    | store_api PUT "sys/policies/acl/$1" --data @- >/dev/null
  jq --null-input --arg name "$1" --arg namespace "$STORE" --arg ttl "$2" --arg longest "$3" '{bound_service_account_names: $name,
    bound_service_account_namespaces: $namespace, token_policies: [$name], token_ttl: $ttl, token_max_ttl: $longest}' \
    | store_api POST "auth/kubernetes/role/$1" --data @- >/dev/null
}
