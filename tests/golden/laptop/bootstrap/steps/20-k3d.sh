#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the k3d cluster, and a kubeconfig that knows only that one
. "$(dirname "$0")/../lib/all.sh"

if ! k3d cluster list "$PLATFORM_NAME" >/dev/null 2>&1 || [[ -n ${DRY_RUN:-} ]]; then
  k3d cluster create --config "$bootstrap/k3d.yaml" >&3
fi
k3d cluster start "$PLATFORM_NAME" >&3
k3d kubeconfig get "$PLATFORM_NAME" >"$scratch/kubeconfig"
[[ -n ${DRY_RUN:-} ]] || mv "$scratch/kubeconfig" "$kubeconfig"
within 120 'the cluster answers' kube get namespace kube-system
