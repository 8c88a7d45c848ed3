#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Wait until every Application is synced and healthy
. "$(dirname "$0")/../lib/all.sh"

require_cluster
begin=$SECONDS limit=${SETTLE_SECONDS:-2400} shown=
if [[ -n ${DRY_RUN:-} ]]; then
  log "(waits up to $limit seconds: every Application is synced and healthy)"
  exit
fi
while true; do
  waiting=$(applications | awk '$2 != "Synced" || $3 != "Healthy" {print $1 " (" $2 ", " $3 ")"}' | sort)
  [[ -n $waiting ]] || break
  if [[ $waiting != "$shown" ]]; then
    log "$(wc -l <<<"$waiting" | tr -d ' ') to go: $(paste -sd ' ' - <<<"${waiting// (/=(}" | cut -c 1-200)"
    shown=$waiting
  fi
  ((SECONDS - begin < limit)) || die "not settled after $limit seconds: $waiting"
  sleep "${POLL:-15}"
done
log 'every Application is synced and healthy'
