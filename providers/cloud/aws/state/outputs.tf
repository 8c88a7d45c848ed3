output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = aws_s3_bucket.state.bucket
}

output "kms_key_arn" {
  description = "The key that encrypts the states."
  value       = aws_kms_key.state.arn
}
