#% from '_shared/quote.jinja' import hcl %#
# For this bucket alone. bootstrap/seed copies it into the store.
resource "linode_object_storage_key" "velero" {
  label = "${local.name}-velero"

  bucket_access {
    bucket_name = #{ 'linode_object_storage_bucket.backups.label' if backup_storage == 'platform' else hcl(backup_bucket) }#
    region      = local.storage.region
    permissions = "read_write"
  }
}

#% include 'providers/cloud/akamai/storage.tf' %#

output "velero_s3_access_key_id" {
  description = "Velero's key, for bootstrap/seed."
  value       = linode_object_storage_key.velero.access_key
}

output "velero_s3_secret_access_key" {
  description = "Velero's key, for bootstrap/seed."
  value       = linode_object_storage_key.velero.secret_key
  sensitive   = true
}
