#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Write the secrets that components read into the store
. "$(dirname "$0")/../lib/all.sh"

"$bootstrap/seed"
