cloud_kubeconfig() {
  KUBECONFIG=$kubeconfig doctl kubernetes cluster kubeconfig save "$PLATFORM_NAME" --alias "$PLATFORM_NAME"
}

# cloud_gateway_crds: says that somebody else keeps the CRDs of Gateway API that DOKS made, or it might set them back to its
# own, older version. Argo CD takes them over.
cloud_gateway_crds() {
  local kind
  for kind in gatewayclasses gateways grpcroutes httproutes referencegrants tlsroutes; do
    has crd "$kind.gateway.networking.k8s.io" || continue
    kube annotate crd "$kind.gateway.networking.k8s.io" doks.digitalocean.com/install-policy=external --overwrite >&3
  done
}
