#% set bucket = {'resource': 'backups', 'document': 'backups', 'name': backup_bucket, 'states': false} %#
# Where Velero puts backups. AWS refuses to delete the bucket while anything is in it.
#% include 'providers/cloud/aws/bucket.tf' %#

resource "aws_kms_key" "backups" {
  description             = "Backups of ${local.name}"
  deletion_window_in_days = 30
  enable_key_rotation     = true
}

resource "aws_kms_alias" "backups" {
  name          = "alias/${local.name}-backups"
  target_key_id = aws_kms_key.backups.key_id
}

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = aws_s3_bucket.backups.bucket
}
