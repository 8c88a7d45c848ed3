#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Write down whose cluster this is, and the state's passphrase
. "$(dirname "$0")/../lib/all.sh"

require_cluster
namespace bootstrap
jq --null-input --arg name "$PLATFORM_NAME" --arg repository "$GIT_WEB" '{apiVersion: "v1", kind: "ConfigMap",
  metadata: {namespace: "bootstrap", name: "platform"}, data: {name: $name, repository: $repository}}' | apply -f -

if ! has secret -n bootstrap state-passphrase; then
  mkdir -p "$scratch/passphrase"
  if [[ -n ${RECOVER_FROM:-} ]]; then
    cp "$RECOVER_FROM/state-passphrase" "$scratch/passphrase/passphrase"
  else
    random >"$scratch/passphrase/passphrase"
  fi
  encode "$scratch/passphrase" | secret bootstrap state-passphrase
  log 'made bootstrap/state-passphrase'
fi
