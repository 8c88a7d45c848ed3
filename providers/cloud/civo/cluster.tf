#% from '_shared/quote.jinja' import hcl %#
provider "civo" {
  region = #{ hcl(cluster.settings.region) }#
}
