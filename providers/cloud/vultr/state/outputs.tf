output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = vultr_object_storage_bucket.state.name
}
