#% set address = cw_git.api ~ '/projects/' ~ (gitlab_state_project | replace('/', '%2F')) ~ '/terraform/state/' ~ root %#
#% from '_shared/quote.jinja' import hcl %#
  # GitLab keeps the state and its lock. TF_HTTP_USERNAME and TF_HTTP_PASSWORD say as whom.
  backend "http" {
    address        = #{ hcl(address) }#
    lock_address   = #{ hcl(address ~ '/lock') }#
    unlock_address = #{ hcl(address ~ '/lock') }#
    lock_method    = "POST"
    unlock_method  = "DELETE"
    retry_wait_min = 5
  }
