output "keys" {
  description = "The keys of this platform, by what each encrypts."
  value       = { for name, key in google_kms_crypto_key.platform : name => key.id }
}
