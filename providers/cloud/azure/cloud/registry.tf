#% from 'providers/cloud/azure/names.jinja' import unique %#
# Images of the applications; pushed by people and pipelines with the role AcrPush, and by no password.
resource "azurerm_container_registry" "platform" {
  name                = "#{ unique(platform_name, azure_subscription_id) }#"
  resource_group_name = azurerm_resource_group.platform.name
  location            = local.location
  sku                 = "Standard"
  admin_enabled       = false
  tags                = local.tags
}

resource "azurerm_role_assignment" "pull" {
  scope                = azurerm_container_registry.platform.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_kubernetes_cluster.platform.kubelet_identity[0].object_id
  principal_type       = "ServicePrincipal"
}

output "image_repository" {
  description = "Where images of applications are pushed to; every node may pull from it."
  value       = azurerm_container_registry.platform.login_server
}
