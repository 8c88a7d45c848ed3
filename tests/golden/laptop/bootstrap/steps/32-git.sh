#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the repository and its teams on the git host, and push this branch
. "$(dirname "$0")/../lib/all.sh"

require_cluster
git_sign_in
if [[ -z $(published) ]]; then
  git_for_iac
  apply_root git -var bootstrapping=true
fi
publish
