# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# The cluster, always through a kubeconfig that knows no other.
kubeconfig=$home/kubeconfig
case $CLOUD in
k3d) context=k3d-$PLATFORM_NAME ;;
existing) context=$SOURCE_CONTEXT ;;
*) context=$PLATFORM_NAME ;;
esac

kube() { kubectl --kubeconfig "$kubeconfig" --context "$context" "$@"; }

# apply [ARGUMENTS]: kubectl apply that also takes over what another manager set at the first install.
apply() { kube apply --server-side --force-conflicts --field-manager=bootstrap "$@" >/dev/null; }

# has KIND...: it is there. A dry run takes nothing as there.
has() { kube get "$@" >/dev/null 2>&1 && [[ -z ${DRY_RUN:-} ]]; }

namespace() {
  has namespace "$1" && return
  kube create namespace "$1" >/dev/null
  kube label namespace "$1" pod-security.kubernetes.io/enforce=restricted >/dev/null
}

# require_cluster: the cluster answers, and is this platform's or nobody's yet.
require_cluster() {
  [[ -n ${DRY_RUN:-} ]] && return
  [[ -s $kubeconfig ]] || die "no kubeconfig for $context; run bootstrap/up first"
  kube version >/dev/null 2>&1 || die "the cluster behind $context does not answer"
  local owner
  owner=$(kube get configmap -n bootstrap platform --ignore-not-found -o 'jsonpath={.data.name}') \
    || die "the cluster behind $context does not say whose it is"
  [[ -z $owner || $owner == "$PLATFORM_NAME" ]] \
    || die "the cluster behind $context belongs to the platform $owner, not to $PLATFORM_NAME; nothing was touched"
}

# secret NAMESPACE NAME [LABEL]: makes the Secret from a JSON object of strings on standard input.
secret() {
  jq --arg namespace "$1" --arg name "$2" --arg mark "${3:-}" '{apiVersion: "v1", kind: "Secret", type: "Opaque",
    metadata: {namespace: $namespace, name: $name,
      labels: (if $mark == "" then {} else ($mark | split("=") | {(.[0]): .[1]}) end)},
    stringData: .}' | apply -f -
}

# secret_bytes NAMESPACE NAME KEY: prints one value of a Secret, as it is.
secret_bytes() { kube get secret -n "$1" "$2" -o json | jq -r --arg key "$3" '.data[$key] // empty' | base64 -d; }

# forward NAMESPACE TARGET PORT: sets `port` to a port of this machine that leads there until the script ends.
forward() {
  port=0
  if [[ -n ${DRY_RUN:-} ]]; then
    show kubectl port-forward -n "$1" "$2" ":$3"
    return
  fi
  local said=$scratch/forward.${#children[@]}
  # `exec`, so that what is ended later is kubectl itself and not a shell that waits for it.
  (exec kubectl --kubeconfig "$kubeconfig" --context "$context" port-forward -n "$1" "$2" ":$3" >"$said" 2>&1 3>&-) &
  children+=($!)
  POLL=1 within 30 "a connection to $2" grep -q '^Forwarding from 127' "$said"
  port=$(sed -n 's/^Forwarding from 127\.0\.0\.1:\([0-9]*\) .*/\1/p' "$said" | head -n 1)
}

# applications: NAME SYNC HEALTH of every Application, a line each.
applications() {
  kube get applications.argoproj.io -A --no-headers \
    -o 'custom-columns=NAME:.metadata.name,SYNC:.status.sync.status,HEALTH:.status.health.status'
}
