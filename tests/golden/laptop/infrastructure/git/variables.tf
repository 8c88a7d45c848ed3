# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# bootstrap/ sets this once, before the first push, because a protected branch takes no push, and because the
# webhook needs a secret from the store, which does not run yet. Never set it again.
variable "bootstrapping" {
  description = "Whether the repository is still empty: no branch to protect yet."
  type        = bool
  default     = false
}
