  # The cluster comes from KUBE_CONFIG_PATH and KUBE_CTX, or, in a pod, from KUBE_IN_CLUSTER_CONFIG.
  backend "kubernetes" {
    namespace     = "bootstrap"
    secret_suffix = "#{ root }#"
  }
