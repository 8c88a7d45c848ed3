#% from '_shared/quote.jinja' import hcl %#
provider "google" {
  project = #{ hcl(google_project) }#
  region  = #{ hcl(cluster.settings.region) }#

  default_labels = {
    platform   = #{ hcl(platform_name) }#
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure-clusters-#{ cluster.name }#"
  }
}
