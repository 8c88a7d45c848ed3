cloud_kubeconfig() {
  in_root cloud output -raw kubeconfig >"$scratch/kubeconfig"
  kubectl --kubeconfig "$scratch/kubeconfig" config rename-context \
    "$(kubectl --kubeconfig "$scratch/kubeconfig" config current-context)" "$PLATFORM_NAME"
  [[ -n ${DRY_RUN:-} ]] || mv "$scratch/kubeconfig" "$kubeconfig"
}
