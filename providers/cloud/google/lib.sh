# cloud_kubeconfig: names the context after the platform, which gcloud would not.
cloud_kubeconfig() {
  KUBECONFIG=$scratch/kubeconfig gcloud container clusters get-credentials "$PLATFORM_NAME" --location "$GOOGLE_REGION"#{ ' --dns-endpoint' if cw_cloud.way_in is defined }#
  kubectl --kubeconfig "$scratch/kubeconfig" config rename-context \
    "gke_${GOOGLE_PROJECT}_${GOOGLE_REGION}_$PLATFORM_NAME" "$PLATFORM_NAME"
  [[ -n ${DRY_RUN:-} ]] || mv "$scratch/kubeconfig" "$kubeconfig"
}
