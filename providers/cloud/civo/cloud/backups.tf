#% from '_shared/quote.jinja' import hcl %#
# For this object store alone. bootstrap/seed copies it into the store.
resource "civo_object_store_credential" "velero" {
  name = #{ hcl(backup_bucket) }#
}

# Where Velero puts backups.
resource "civo_object_store" "backups" {
  name          = #{ hcl(backup_bucket) }#
  max_size_gb   = 500
  access_key_id = civo_object_store_credential.velero.access_key_id
}

output "backup_bucket" {
  description = "The object store of Velero's backups."
  value       = civo_object_store.backups.name
}

output "velero_s3_access_key_id" {
  description = "Velero's key, for bootstrap/seed."
  value       = civo_object_store_credential.velero.access_key_id
}

output "velero_s3_secret_access_key" {
  description = "Velero's key, for bootstrap/seed."
  value       = civo_object_store_credential.velero.secret_access_key
  sensitive   = true
}
