cloud_kubeconfig() {
  KUBECONFIG=$kubeconfig doctl kubernetes cluster kubeconfig save "$PLATFORM_NAME" --alias "$PLATFORM_NAME"
}
