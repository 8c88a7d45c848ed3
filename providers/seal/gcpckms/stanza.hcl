#% from '_shared/quote.jinja' import hcl %#
seal "gcpckms" {
  project    = #{ hcl(google_project) }#
  region     = #{ hcl(google_region) }#
  key_ring   = #{ hcl(google_key_ring) }#
  crypto_key = "seal"
}
