# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# OpenTofu encrypts state and plans before they leave it: see encryption.tf.json.
terraform {
  backend "s3" {
    bucket              = "acme-state-123456789012"
    key                 = "cloud.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "alias/acme-state"
    use_lockfile        = true
  }
}
