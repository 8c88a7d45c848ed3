# The store seals and unseals itself with the key that the root state makes.
resource "google_kms_crypto_key_iam_member" "seal" {
  for_each = toset(["cryptoKeyEncrypterDecrypter", "viewer"])

  crypto_key_id = "${local.keys}/seal"
  role          = "roles/cloudkms.${each.key}"
  member        = "${local.workloads}/ns/#{ secrets_engine }#/sa/#{ secrets_engine }#"
}

output "seal_key" {
  description = "The key that unseals the store."
  value       = "${local.keys}/seal"
}
