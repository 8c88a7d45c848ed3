#% from '_shared/quote.jinja' import hcl %#
# The team's container registry. A team has one, unless its plan is `professional`.
resource "digitalocean_container_registry" "platform" {
  name                   = #{ hcl(digitalocean_registry_name) }#
  region                 = local.region
  subscription_tier_slug = #{ hcl(digitalocean_registry) }#
}

output "registry" {
  description = "Where images are pushed to."
  value       = digitalocean_container_registry.platform.endpoint
}
