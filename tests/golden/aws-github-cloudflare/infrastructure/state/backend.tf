# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The key that encrypts the other states is made here. This state holds no secret: the bucket's encryption is enough.
terraform {
  backend "s3" {
    bucket              = "acme-state-123456789012"
    key                 = "state.tfstate"
    region              = "eu-west-1"
    allowed_account_ids = ["123456789012"]
    encrypt             = true
    kms_key_id          = "alias/acme-state"
    use_lockfile        = true
  }
}
