# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# OpenTofu encrypts state and plans before they leave it: see encryption.tf.json.
terraform {
  # The cluster comes from KUBE_CONFIG_PATH and KUBE_CTX, or, in a pod, from KUBE_IN_CLUSTER_CONFIG.
  backend "kubernetes" {
    namespace     = "bootstrap"
    secret_suffix = "users"
  }
}
