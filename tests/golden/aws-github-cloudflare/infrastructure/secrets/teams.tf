# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Groups carry the names of the teams on the git host; their members are people of fleet.yaml (infrastructure/users).
# The claim `groups`, which every UI reads, is this list of names.
resource "vault_identity_group" "admins" {
  name                       = local.admin_team
  policies                   = [vault_policy.admins.name]
  external_member_entity_ids = true
}

resource "vault_identity_group" "developers" {
  name                       = local.developer_team
  policies                   = [vault_policy.developers.name, vault_policy.applications[local.developer_team].name]
  external_member_entity_ids = true
}

# Teams that look after applications of their own.
resource "vault_identity_group" "team" {
  for_each = local.teams

  name                       = each.key
  policies                   = [vault_policy.applications[each.key].name]
  external_member_entity_ids = true
}

# Administrators manage every secret and help people sign in. They look at policies, roles and clients, but change them
# in pull requests only: nobody who signs in here is root.
resource "vault_policy" "admins" {
  name   = "admins"
  policy = <<-EOT
    path "secret/data/*" {
      capabilities = ["create", "read", "update", "patch", "delete"]
    }
    path "secret/metadata/*" {
      capabilities = ["create", "read", "update", "patch", "delete", "list"]
    }
    path "secret/delete/*" {
      capabilities = ["update"]
    }
    path "secret/undelete/*" {
      capabilities = ["update"]
    }
    path "secret/destroy/*" {
      capabilities = ["update"]
    }

    # A forgotten password, and sessions that have to end.
    path "auth/userpass/users/+/password" {
      capabilities = ["update"]
    }
    path "auth/userpass/users" {
      capabilities = ["list"]
    }
    path "sys/leases/lookup/*" {
      capabilities = ["list", "sudo", "update"]
    }
    path "sys/leases/revoke" {
      capabilities = ["update"]
    }
    path "auth/token/revoke-accessor" {
      capabilities = ["update"]
    }
    path "auth/token/lookup-accessor" {
      capabilities = ["update"]
    }

    path "identity/*" {
      capabilities = ["read", "list"]
    }
    path "auth/kubernetes/role" {
      capabilities = ["list"]
    }
    path "auth/kubernetes/role/*" {
      capabilities = ["read"]
    }
    path "sys/policies/acl" {
      capabilities = ["list"]
    }
    path "sys/policies/acl/*" {
      capabilities = ["read"]
    }
    path "sys/mounts" {
      capabilities = ["read"]
    }
    path "sys/auth" {
      capabilities = ["read"]
    }
    path "sys/metrics" {
      capabilities = ["read"]
    }
    path "sys/storage/raft/configuration" {
      capabilities = ["read"]
    }
    path "sys/storage/raft/autopilot/state" {
      capabilities = ["read"]
    }
  EOT
}

# Developers manage the secrets of their environments. In the last environment, where there are several, they set secrets
# and see their names, but read no values. Of the platform's secrets they see nothing.
resource "vault_policy" "developers" {
  name   = "developers"
  policy = <<-EOT
    path "secret/metadata/" {
      capabilities = ["list"]
    }
    path "secret/metadata/environments/" {
      capabilities = ["list"]
    }
    %{~for environment in local.open~}

    path "secret/data/environments/${environment}/*" {
      capabilities = ["create", "read", "update", "patch", "delete"]
    }
    path "secret/metadata/environments/${environment}/*" {
      capabilities = ["create", "read", "update", "patch", "delete", "list"]
    }
    path "secret/delete/environments/${environment}/*" {
      capabilities = ["update"]
    }
    path "secret/undelete/environments/${environment}/*" {
      capabilities = ["update"]
    }
    %{~endfor~}
    %{~for environment in local.guarded~}

    path "secret/data/environments/${environment}/*" {
      capabilities = ["create", "update"]
    }
    path "secret/metadata/environments/${environment}/*" {
      capabilities = ["read", "list"]
    }
    %{~endfor~}
  EOT
}

# A team manages the secrets of its applications by the same rule; developers, of those without a team.
resource "vault_policy" "applications" {
  for_each = setunion(local.teams, [local.developer_team])

  name   = "applications-${each.key}"
  policy = <<-EOT
    path "secret/metadata/" {
      capabilities = ["list"]
    }
    path "secret/metadata/applications/" {
      capabilities = ["list"]
    }
    %{~for place in local.applications~}
    %{~if place.team == each.key && contains(local.open, place.environment)~}

    path "secret/data/applications/${place.environment}/${place.name}/*" {
      capabilities = ["create", "read", "update", "patch", "delete"]
    }
    path "secret/metadata/applications/${place.environment}/${place.name}/*" {
      capabilities = ["create", "read", "update", "patch", "delete", "list"]
    }
    path "secret/delete/applications/${place.environment}/${place.name}/*" {
      capabilities = ["update"]
    }
    path "secret/undelete/applications/${place.environment}/${place.name}/*" {
      capabilities = ["update"]
    }
    %{~endif~}
    %{~if place.team == each.key && contains(local.guarded, place.environment)~}

    path "secret/data/applications/${place.environment}/${place.name}/*" {
      capabilities = ["create", "update"]
    }
    path "secret/metadata/applications/${place.environment}/${place.name}/*" {
      capabilities = ["read", "list"]
    }
    %{~endif~}
    %{~endfor~}
  EOT
}

# Whoever has a password may change it.
resource "vault_policy" "people" {
  name   = "people"
  policy = <<-EOT
    path "auth/userpass/users/{{identity.entity.aliases.${data.vault_auth_backend.userpass.accessor}.name}}/password" {
      capabilities = ["update"]
    }
  EOT
}
