#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Hand over to Argo CD: first the projects, then the root Applications that they permit
. "$(dirname "$0")/../lib/all.sh"

require_cluster
apply --field-manager=argocd-controller -f "$repository/registry/projects/platform.yaml" -f "$repository/registry/projects/fleet.yaml"
apply -f "$bootstrap/root.yaml" -f "$bootstrap/fleet.yaml"
# One of the first wave; the store is many images and one load balancer away.
within 600 'Argo CD has read the repository' has applications.argoproj.io -n argocd external-secrets
