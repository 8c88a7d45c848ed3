#% from '_shared/quote.jinja' import hcl %#
locals {
  project  = #{ hcl(google_project) }#
  region   = #{ hcl(google_region) }#
  key_ring = #{ hcl(google_key_ring) }#
}
