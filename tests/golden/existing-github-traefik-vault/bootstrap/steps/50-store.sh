#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Wait for the store, see to its first configuration, and hand over its recovery keys once
. "$(dirname "$0")/../lib/all.sh"

require_cluster
within 1200 "the platform's CA is there" has secret -n cert-manager platform-ca
within 1200 "$STORE runs" kube wait pod -n "$STORE" "$STORE-0" '--for=jsonpath={.status.phase}=Running' --timeout=10s
. "$bootstrap/lib/vault.sh"
vault_first_configuration
kube wait pod -n "$STORE" "$STORE-0" --for=condition=Ready --timeout=10m >&3
within 300 "$STORE has an active pod" store_active
store_login
log "$STORE lets the role bootstrap in"
