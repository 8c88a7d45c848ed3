#% from '_shared/quote.jinja' import hcl %#
resource "vultr_container_registry" "platform" {
  name   = replace(local.name, "-", "")
  region = local.region
  plan   = #{ hcl(vultr_registry) }#
  public = false
}

output "registry" {
  description = "Where images are pushed to."
  value       = vultr_container_registry.platform.urn
}
