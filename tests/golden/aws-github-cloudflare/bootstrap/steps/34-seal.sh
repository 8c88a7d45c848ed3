#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the key that unseals the store, and permit its first start
. "$(dirname "$0")/../lib/all.sh"

require_cluster
namespace "$STORE"
if [[ $STORE_SEAL != static && $STORE_SEAL != transit ]]; then
  log "$STORE_SEAL unseals the store; there is nothing to make"
elif has secret -n "$STORE" "$STORE-seal"; then
  log "$STORE/$STORE-seal is there already"
elif [[ $STORE_SEAL == transit ]]; then
  mkdir -p "$scratch/seal"
  seed_person "$STORE" seal token "$scratch/seal/token"
  encode "$scratch/seal" | secret "$STORE" "$STORE-seal"
else
  # 32 raw bytes, which no variable can hold.
  if [[ -n ${RECOVER_FROM:-} ]]; then cat "$RECOVER_FROM/seal-key"; else openssl rand 32; fi \
    | kube create secret generic -n "$STORE" "$STORE-seal" --from-file=key=/dev/stdin >/dev/null
  log "made $STORE/$STORE-seal"
fi

# Without a volume there never was a store. Only then may the first pod make one; the step `store` takes this back.
if ! has persistentvolumeclaim -n openbao data-openbao-0; then
  jq --null-input '{apiVersion: "v1", kind: "ConfigMap", data: {allowed: "once"},
    metadata: {namespace: "openbao", name: "openbao-first-start"}}' | apply -f -
fi
