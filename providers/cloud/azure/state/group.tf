resource "azurerm_resource_group" "state" {
  name     = local.name
  location = local.location
  tags     = local.tags

  lifecycle {
    prevent_destroy = true
  }
}
