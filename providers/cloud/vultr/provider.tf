# Signs in with VULTR_API_KEY.
provider "vultr" {
  # Milliseconds between two calls: Vultr refuses too many in a second.
  rate_limit  = 100
  retry_limit = 5
}
