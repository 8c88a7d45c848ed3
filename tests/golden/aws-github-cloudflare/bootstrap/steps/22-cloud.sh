#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Make the network, the cluster and its keys, and a kubeconfig that knows only that cluster
. "$(dirname "$0")/../lib/all.sh"

apply_root cloud
cloud_kubeconfig >&3
within 300 'the cluster answers' kube get namespace kube-system
