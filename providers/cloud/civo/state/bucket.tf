#% from '_shared/quote.jinja' import hcl %#
# Civo makes up the key. The scripts of bootstrap/ ask Civo for it by this name.
resource "civo_object_store_credential" "state" {
  name = #{ hcl(state_bucket) }#
}

# bootstrap/ switches its versions on: Civo's API has no word for them.
resource "civo_object_store" "state" {
  name          = #{ hcl(state_bucket) }#
  max_size_gb   = 500
  access_key_id = civo_object_store_credential.state.access_key_id

  lifecycle {
    prevent_destroy = true
  }
}
