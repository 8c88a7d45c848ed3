output "bucket" {
  description = "The object store that holds every state of this platform."
  value       = civo_object_store.state.name
}
