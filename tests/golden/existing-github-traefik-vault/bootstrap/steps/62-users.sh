#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the people of fleet.yaml known to the store
. "$(dirname "$0")/../lib/all.sh"

require_cluster
store_for_iac
apply_root users
