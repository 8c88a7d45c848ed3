# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
output "kms_key_arn" {
  description = "The key that encrypts the states."
  value       = aws_kms_key.state.arn
}
