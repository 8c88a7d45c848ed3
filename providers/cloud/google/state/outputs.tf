output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = google_storage_bucket.state.name
}

output "keys" {
  description = "The keys of this platform, by what each encrypts."
  value       = { for name, key in google_kms_crypto_key.platform : name => key.id }
}
