cloud_kubeconfig() {
  aws eks update-kubeconfig --name "$PLATFORM_NAME" --alias "$PLATFORM_NAME" --kubeconfig "$kubeconfig"
}
