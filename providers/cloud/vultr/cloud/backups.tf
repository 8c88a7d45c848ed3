#% set storage = {'name': 'backups', 'bucket': backup_bucket, 'kept': false} %#
#% include 'providers/cloud/vultr/storage.tf' %#

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = vultr_object_storage_bucket.backups.name
}

output "velero_s3_access_key_id" {
  description = "Velero's key, for bootstrap/seed."
  value       = vultr_object_storage.backups.s3_access_key
  sensitive   = true
}

output "velero_s3_secret_access_key" {
  description = "Velero's key, for bootstrap/seed."
  value       = vultr_object_storage.backups.s3_secret_key
  sensitive   = true
}
