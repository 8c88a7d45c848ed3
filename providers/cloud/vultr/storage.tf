#% from '_shared/quote.jinja' import hcl %#
# A subscription for this bucket alone: its keys open nothing else.
resource "vultr_object_storage" "#{ storage.name }#" {
  cluster_id = data.vultr_object_storage_cluster.storage.id
  tier_id    = data.vultr_object_storage_tier.storage.id
  label      = #{ hcl(storage.bucket) }#
#% if storage.kept %#

  lifecycle {
    prevent_destroy = true
  }
#% endif %#
}

resource "vultr_object_storage_bucket" "#{ storage.name }#" {
  name              = #{ hcl(storage.bucket) }#
  object_storage_id = vultr_object_storage.#{ storage.name }#.id
  enable_versioning = true
#% if storage.kept %#

  lifecycle {
    prevent_destroy = true
  }
#% endif %#
}

data "vultr_object_storage_cluster" "storage" {
  filter {
    name   = "hostname"
    values = [#{ hcl(vultr_storage_endpoint) }#]
  }
}

data "vultr_object_storage_tier" "storage" {
  filter {
    name   = "slug"
    values = [#{ hcl(vultr_storage_tier) }#]
  }
}
