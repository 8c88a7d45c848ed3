# vultr_api PATH: prints what Vultr's API answers; the key is never an argument.
vultr_api() {
  printf 'Authorization: Bearer %s\n' "${VULTR_API_KEY:-}" >"$scratch/vultr-header"
  curl --silent --show-error --fail --max-time 60 --header "@$scratch/vultr-header" --request GET \
    "https://api.vultr.com/v2/$1"
}

cloud_kubeconfig() {
  in_root cloud output -raw kubeconfig >"$scratch/kubeconfig"
  kubectl --kubeconfig "$scratch/kubeconfig" config rename-context \
    "$(kubectl --kubeconfig "$scratch/kubeconfig" config current-context)" "$PLATFORM_NAME"
  [[ -n ${DRY_RUN:-} ]] || mv "$scratch/kubeconfig" "$kubeconfig"
}
