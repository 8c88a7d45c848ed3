# civo_api PATH: prints what Civo's API answers; the token is never an argument.
civo_api() {
  printf 'Authorization: bearer %s\n' "${CIVO_TOKEN:-}" >"$scratch/civo-header"
  curl --silent --show-error --fail --max-time 60 --header "@$scratch/civo-header" --request GET \
    "https://api.civo.com/v2/$1?region=$CIVO_REGION&per_page=1000"
}

# civo_item PATH NAME: prints the one thing of that name, or nothing.
civo_item() { civo_api "$1" | jq -c --arg name "$2" '[.items[]? | select(.name == $name)][0] // empty'; }

cloud_kubeconfig() {
  civo_item kubernetes/clusters "$PLATFORM_NAME" | jq -r '.kubeconfig // empty' >"$scratch/kubeconfig"
  [[ -z ${DRY_RUN:-} ]] || return 0
  [[ -s $scratch/kubeconfig ]] || die "Civo has no kubeconfig of the cluster $PLATFORM_NAME yet"
  mv "$scratch/kubeconfig" "$kubeconfig"
}
