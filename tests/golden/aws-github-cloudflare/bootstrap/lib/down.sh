# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# How bootstrap/down takes a platform away while its cluster stays or before it goes.

# down_roots GIT: what infrastructure/ made in the store, and on the git host if GIT says so.
down_roots() {
  if (store_for_iac && destroy_root users && destroy_root secrets); then
    log 'people, policies and clients are gone'
  else
    log 'the store could not be emptied; it goes with the cluster'
  fi
  if [[ -n $1 ]]; then
    (
      if [[ -z ${DRY_RUN:-} ]]; then store_for_iac; fi
      git_sign_in
      git_for_iac
      destroy_root git
    )
  fi
}

down_gone() { ! has applications.argoproj.io -n "$1" "$2"; }

# down_applications: deletes the roots, which lets nothing come back, and then what they made, the latest wave first.
down_applications() {
  local wave namespace name list=$scratch/applications
  kube delete applications.argoproj.io -n argocd management --ignore-not-found >/dev/null
  kube get applications.argoproj.io -A -o json | jq -r '.items[]
    | [(.metadata.annotations["argocd.argoproj.io/sync-wave"] // "99"), .metadata.namespace, .metadata.name] | @tsv' \
    | grep -v "$(printf '\targo-cd$')" | sort -rn >"$list" || true
  for wave in $(cut -f 1 "$list" | uniq); do
    log "wave $wave: $(awk -v wave="$wave" '$1 == wave {printf "%s ", $3}' "$list")"
    while read -r _ namespace name <&4; do
      # The annotation is what a person's confirmation in Argo CD would set; this run was confirmed as a whole.
      kube annotate applications.argoproj.io -n "$namespace" "$name" --overwrite \
        "argocd.argoproj.io/deletion-approved=$(date -u +%Y-%m-%dT%H:%M:%SZ)" >/dev/null
      kube patch applications.argoproj.io -n "$namespace" "$name" --type merge \
        --patch '{"metadata": {"finalizers": ["resources-finalizer.argocd.argoproj.io"]}}' >/dev/null
      kube delete applications.argoproj.io -n "$namespace" "$name" --wait=false >/dev/null
    done 4< <(awk -v wave="$wave" '$1 == wave' "$list")
    while read -r _ namespace name <&4; do
      (within 600 "$name is gone" down_gone "$namespace" "$name") || log "going on without waiting for $name"
    done 4< <(awk -v wave="$wave" '$1 == wave' "$list")
  done
}

# down_argo_cd: Argo CD itself, when there is nothing left for it to delete.
down_argo_cd() {
  kube delete namespace argocd --ignore-not-found >&3
  kube delete clusterroles,clusterrolebindings -l app.kubernetes.io/part-of=argocd >&3
  kube delete crd --ignore-not-found applications.argoproj.io applicationsets.argoproj.io appprojects.argoproj.io >&3
}

# down_cloud_resources: load balancers and volumes, which the cloud would keep, and charge for, without the cluster.
down_cloud_resources() {
  kube get services -A -o json \
    | jq -r '.items[] | select(.spec.type == "LoadBalancer") | "\(.metadata.namespace) \(.metadata.name)"' \
    | while read -r namespace name; do kube delete service -n "$namespace" "$name" --timeout=10m </dev/null >&3; done
  kube delete statefulsets,deployments -A -l 'app.kubernetes.io/part-of!=argocd' --field-selector \
    metadata.namespace!=kube-system --timeout=10m >&3
  # A class may say that its volumes stay; this run was confirmed as a whole.
  kube get persistentvolumes -o json \
    | jq -r '.items[] | select(.spec.persistentVolumeReclaimPolicy == "Retain") | .metadata.name' \
    | while read -r name; do
      kube patch persistentvolume "$name" --patch '{"spec": {"persistentVolumeReclaimPolicy": "Delete"}}' </dev/null >&3
    done
  kube delete persistentvolumeclaims -A --all --timeout=10m >&3
  within 600 'no volume is left' down_no_volumes
}

down_no_volumes() { [[ -z $(kube get persistentvolumes -o name) ]]; }
