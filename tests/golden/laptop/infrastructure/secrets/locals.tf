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

  fleet = yamldecode(file("${path.module}/../../fleet.yaml"))

  # In the order of promotion. Where there are several, the last is the one that customers see, and is guarded.
  environments = local.fleet.environments
  open         = length(local.environments) > 1 ? slice(local.environments, 0, length(local.environments) - 1) : local.environments
  guarded      = [for environment in local.environments : environment if !contains(local.open, environment)]

  # Each application in each environment, and who looks after it: a team of its own, or all developers.
  applications = {
    for place in flatten([
      for application in try(local.fleet.applications, []) : [
        for environment in keys(application.environments) : {
          environment = environment
          name        = application.name
          secrets     = try(application.secrets, [])
          team        = try(application.team, local.developer_team)
        }
      ]
    ]) : "${place.environment}-${place.name}" => place
  }
  teams = setsubtract([for place in local.applications : place.team], [local.admin_team, local.developer_team])

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
