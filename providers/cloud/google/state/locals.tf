#% from '_shared/quote.jinja' import hcl %#
locals {
  project  = #{ hcl(google_project) }#
  region   = #{ hcl(google_region) }#
  name     = "#{ platform_name }#-state-#{ google_project }#"
  key_ring = #{ hcl(google_key_ring) }#
}
