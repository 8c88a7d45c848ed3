#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Install Argo CD from the chart, version and values with which it will manage itself
. "$(dirname "$0")/../lib/all.sh"

require_cluster
namespace argocd
if ! has secret -n argocd repository-platform; then
  gitea_open
  git_credential | secret argocd repository-platform argocd.argoproj.io/secret-type=repository
  log 'made argocd/repository-platform'
fi

if has applications.argoproj.io -n argocd argo-cd; then
  log 'Argo CD is there and manages itself'
  exit
fi
values=(--values "$repository/platform/argo-cd/values.yaml")
override=$repository/registry/clusters/management/overrides/argo-cd.yaml
if [[ -f $override ]]; then values+=(--values "$override"); fi
version=$(kube version -o json | jq -r '.serverVersion.gitVersion')
helm template argo-cd argo-cd --repo "$ARGO_CD_REPOSITORY" --version "$ARGO_CD_VERSION" --namespace argocd \
  --kube-version "${version:-v0}" --include-crds "${values[@]}" >"$scratch/argo-cd.yaml"
# Under Argo CD's own name: a second owner of these fields would keep what a later version leaves out.
apply --field-manager=argocd-controller -n argocd -f "$scratch/argo-cd.yaml"
# Asked too early, kubectl does not wait: it stumbles over a kind that has no conditions yet.
established() { kube wait --for=condition=Established --timeout=1m "$@" >&3 2>/dev/null; }
within 120 'the kinds of Argo CD are established' established crd/applications.argoproj.io crd/appprojects.argoproj.io
kube rollout status -n argocd deployment --selector app.kubernetes.io/part-of=argocd --timeout=10m >&3
kube rollout status -n argocd statefulset --selector app.kubernetes.io/part-of=argocd --timeout=10m >&3
