#% set bucket = {'resource': 'state', 'name': state_bucket, 'days': 90, 'states': true} %#
#% include 'providers/cloud/akamai/bucket.tf' %#

#% include 'providers/cloud/akamai/storage.tf' %#

output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = linode_object_storage_bucket.state.label
}
