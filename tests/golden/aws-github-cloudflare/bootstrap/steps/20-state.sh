#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the place where the states are; their own state moves there last
. "$(dirname "$0")/../lib/all.sh"

draft=$home/state-root

if [[ -z ${DRY_RUN:-} ]] && cloud_has_state; then
  apply_root state
  exit
fi

# No place can hold the state that makes it. So a copy of the root without a backend makes it, with a local state
# that survives an interrupted run.
if [[ -z ${DRY_RUN:-} ]]; then
  mkdir -p "$draft"
  cp "$repository"/infrastructure/state/*.tf "$draft"
  rm -f "$draft/backend.tf"
fi
draft_root() { "$IAC_COMMAND" -chdir="$draft" "$@"; }
draft_root init -input=false -no-color >&3
draft_root plan -input=false -no-color -out "$scratch/state.plan" >&3
confirm 'Apply this plan of infrastructure/state?' yes
draft_root apply -input=false -no-color "$scratch/state.plan" >&3

in_root state init -no-color >&3
in_root state state push "$draft/terraform.tfstate"
[[ -n ${DRY_RUN:-} ]] || rm -rf "$draft"
