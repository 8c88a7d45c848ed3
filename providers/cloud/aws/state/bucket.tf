#% set bucket = {'resource': 'state', 'document': 'bucket', 'name': state_bucket, 'states': true} %#
#% include 'providers/cloud/aws/bucket.tf' %#

output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = aws_s3_bucket.state.bucket
}
