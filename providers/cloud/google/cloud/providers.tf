#% from '_shared/quote.jinja' import hcl %#
provider "google" {
  project = local.project
  region  = local.region

  default_labels = {
    platform   = local.name
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure-cloud"
  }
}
