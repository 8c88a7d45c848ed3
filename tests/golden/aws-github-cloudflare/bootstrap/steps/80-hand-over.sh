#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Say where everything is, and what belongs into a safe
. "$(dirname "$0")/../lib/all.sh"

require_cluster
safe=$home/safe
if [[ -z ${DRY_RUN:-} ]]; then
  secret_bytes cert-manager platform-ca ca.crt >"$home/ca.crt"
fi

log ''
for host in $UI_HOSTS; do log "https://$host"; done
log ''
log "kubectl:         export KUBECONFIG=$kubeconfig"
log 'First password:  bootstrap/first-password NAME (any person in fleet.yaml)'
[[ ! -e $home/recovery-keys.json ]] \
  || log "Still on this machine: $home/recovery-keys.json; give each key to another person, then delete the file"
