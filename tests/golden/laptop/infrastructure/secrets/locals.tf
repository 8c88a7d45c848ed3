# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  host           = "openbao.platform.localhost"
  admin_team     = "platform-admins"
  developer_team = "developers"

  # Every component that reads secrets has a role of its own, which its ClusterSecretStore signs in with.
  consumers = [
    "argo-cd",
    "argo-workflows",
    "atlantis",
    "oauth2-proxy",
  ]

  # In the order of promotion. Where there are several, the last is the one that customers see, and is guarded.
  environments = yamldecode(file("${path.module}/../../fleet.yaml")).environments
  open         = length(local.environments) > 1 ? slice(local.environments, 0, length(local.environments) - 1) : local.environments
  guarded      = [for environment in local.environments : environment if !contains(local.open, environment)]

  # The UIs that people sign in to, and where each may send them back to.
  clients = {
    argo-cd = [
      "https://argocd.platform.localhost/auth/callback",
      "http://localhost:8085/auth/callback", # argocd login --sso, on a person's own machine
    ]
    argo-workflows = [
      "https://workflows.platform.localhost/oauth2/callback",
    ]
    oauth2-proxy = [
      "https://atlantis.platform.localhost/oauth2/callback",
    ]
  }
}
