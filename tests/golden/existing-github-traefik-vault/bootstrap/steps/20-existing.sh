#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Keep a kubeconfig that knows only the existing cluster
. "$(dirname "$0")/../lib/all.sh"

kubectl config view --raw --minify --flatten --context "$SOURCE_CONTEXT" >"$scratch/kubeconfig"
[[ -n ${DRY_RUN:-} ]] || mv "$scratch/kubeconfig" "$kubeconfig"
require_cluster
kube auth can-i '*' '*' --all-namespaces >/dev/null || die "$SOURCE_CONTEXT is not a cluster administrator"
kube get storageclass "$STORAGE_CLASS" >/dev/null || die "the cluster has no storage class $STORAGE_CLASS"
