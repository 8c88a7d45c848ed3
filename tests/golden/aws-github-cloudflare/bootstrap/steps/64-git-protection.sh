#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Protect the branch, and let the git host tell Atlantis about pull requests
. "$(dirname "$0")/../lib/all.sh"

require_cluster
store_for_iac
git_sign_in
git_for_iac
apply_root git
