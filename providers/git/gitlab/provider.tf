#% from '_shared/quote.jinja' import hcl %#
# GITLAB_TOKEN says as whom.
provider "gitlab" {
  base_url = #{ hcl(cw_git.api ~ '/') }#
}
