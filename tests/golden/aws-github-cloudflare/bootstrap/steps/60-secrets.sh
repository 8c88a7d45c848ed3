#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Configure the store: policies, roles, and the OIDC provider with its clients
. "$(dirname "$0")/../lib/all.sh"

require_cluster
store_for_iac
apply_root secrets
