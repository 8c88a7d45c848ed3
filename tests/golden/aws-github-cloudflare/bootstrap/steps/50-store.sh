#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Wait for the store, see to its first configuration, and hand over its recovery keys once
. "$(dirname "$0")/../lib/all.sh"

require_cluster
within 1200 "the platform's CA is there" has secret -n cert-manager platform-ca
within 1200 "$STORE runs" kube wait pod -n "$STORE" "$STORE-0" '--for=jsonpath={.status.phase}=Running' --timeout=10s
kube wait pod -n "$STORE" "$STORE-0" --for=condition=Ready --timeout=10m >&3
within 300 "$STORE has an active pod" store_active
store_login
log "$STORE lets the role bootstrap in"
kube delete configmap -n openbao openbao-first-start --ignore-not-found >/dev/null

# OpenBao initialised itself and has no recovery keys yet. They are made here, once, and handed over. A store that waits
# for a snapshot gets its keys with that.
[[ -z ${RECOVER_FROM:-} ]] || exit 0
store_login break-glass
if [[ $(store_api GET sys/rotate/recovery/init | jq '.data.required') == 0 ]]; then
  printf '{"secret_shares": 5, "secret_threshold": 3}' | store_api POST sys/rotate/recovery/init --data @- \
    | jq '{recovery_keys: .data.keys_base64, threshold: 3}' >"$scratch/recovery-keys.json"
  mv "$scratch/recovery-keys.json" "$home/recovery-keys.json"
  log "the recovery keys are in $home/recovery-keys.json; give each to another person's safe"
fi
