# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# What is asked of the cloud itself; everything else is in infrastructure/.

cloud_kubeconfig() {
  aws eks update-kubeconfig --name "$PLATFORM_NAME" --alias "$PLATFORM_NAME" --kubeconfig "$kubeconfig"
}
