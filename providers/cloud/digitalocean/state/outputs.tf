output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = digitalocean_spaces_bucket.state.name
}
