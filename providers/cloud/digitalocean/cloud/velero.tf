#% from '_shared/quote.jinja' import hcl %#
# For this bucket alone. bootstrap/seed copies it into the store.
resource "digitalocean_spaces_key" "velero" {
  name = "${local.name}-velero"

  grant {
    bucket     = #{ 'digitalocean_spaces_bucket.backups.name' if backup_storage == 'platform' else hcl(backup_bucket) }#
    permission = "readwrite"
  }
}

output "velero_s3_access_key_id" {
  description = "Velero's key, for bootstrap/seed."
  value       = digitalocean_spaces_key.velero.access_key
}

output "velero_s3_secret_access_key" {
  description = "Velero's key, for bootstrap/seed."
  value       = digitalocean_spaces_key.velero.secret_key
  sensitive   = true
}
