#% set bucket = {'resource': 'backups', 'name': backup_bucket, 'days': 30, 'states': false} %#
# Where Velero puts backups. Akamai refuses to delete the bucket while anything is in it.
#% include 'providers/cloud/akamai/bucket.tf' %#

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = linode_object_storage_bucket.backups.label
}
