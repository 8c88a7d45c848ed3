#% if github_auth == 'app' %#

variable "github_app_pem_file" {
  description = "The App's private key, when GITHUB_APP_PEM_FILE does not say it."
  type        = string
  sensitive   = true
  ephemeral   = true
  default     = null
}
#% endif %#
