# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Taking a person out of fleet.yaml takes all of this away, and every session in the store with it; a session in a UI ends
# after eight hours at the latest.
resource "vault_identity_entity" "person" {
  for_each = local.people

  name     = each.key
  metadata = { email = each.value.email }
}

resource "vault_identity_entity_alias" "person" {
  for_each = local.people

  name           = each.key
  mount_accessor = data.vault_auth_backend.userpass.accessor
  canonical_id   = vault_identity_entity.person[each.key].id
}

resource "vault_identity_group_member_entity_ids" "team" {
  for_each = toset(local.teams)

  group_id          = data.vault_identity_group.team[each.key].group_id
  member_entity_ids = [for name, person in local.people : vault_identity_entity.person[name].id if contains(person.teams, each.key)]
}

data "vault_auth_backend" "userpass" {
  path = "userpass"
}

# infrastructure/secrets makes the groups.
data "vault_identity_group" "team" {
  for_each = toset(local.teams)

  group_name = each.key
}
