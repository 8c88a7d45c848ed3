# Every key of the platform is made here and not in the root cloud: it outlives the cluster, so that a backup can be
# opened after bootstrap/down, and the next cluster can use it. Google Cloud never deletes a key ring or a key.
resource "google_kms_key_ring" "platform" {
  name     = local.key_ring
  location = local.region

  depends_on = [google_project_service.platform]

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key" "platform" {
  for_each = toset([
#% if iac == 'opentofu' or state_storage == 'platform' %#
    # States: #{ 'the bucket' if state_storage == 'platform' }##{ ', and ' if iac == 'opentofu' and state_storage == 'platform' }##{
      'every state and plan itself' if iac == 'opentofu' }#.
    "state",
#% endif %#
    # The Secrets in the cluster's database.
    "cluster",
#% if 'velero' in components and backup_storage == 'platform' %#
    "backups",
#% endif %#
#% if secrets_seal == 'gcpckms' %#
    # Unseals the store. Without this key neither the store nor any of its backups can be opened again.
    "seal",
#% endif %#
  ])

  name                       = each.key
  key_ring                   = google_kms_key_ring.platform.id
  purpose                    = "ENCRYPT_DECRYPT"
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"

  lifecycle {
    prevent_destroy = true
  }
}
