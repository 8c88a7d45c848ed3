#% from '_shared/quote.jinja' import hcl %#
# Signs in with CIVO_TOKEN.
provider "civo" {
  region = #{ hcl(civo_region) }#
}
