#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Say where everything is, and what belongs into a safe
. "$(dirname "$0")/../lib/all.sh"

require_cluster
safe=$home/safe
if [[ -z ${DRY_RUN:-} ]]; then
  mkdir -p "$safe"
  secret_bytes "$STORE" "$STORE-seal" key >"$safe/seal-key"
  secret_bytes bootstrap state-passphrase passphrase >"$safe/state-passphrase"
  secret_bytes cert-manager platform-ca ca.crt >"$home/ca.crt"
fi

log ''
for host in $UI_HOSTS; do log "https://$host"; done
log ''
log "kubectl:         export KUBECONFIG=$kubeconfig"
log 'First password:  bootstrap/first-password NAME (any person in fleet.yaml)'
log "Browsers trust the platform once they trust $home/ca.crt; docs/runbooks/trust-the-ca.md says how"
log "Without $safe no backup can be restored: copy it to a safe place elsewhere"
[[ ! -e $home/recovery-keys.json ]] \
  || log "Still on this machine: $home/recovery-keys.json; give each key to another person, then delete the file"
