#% from '_shared/quote.jinja' import hcl %#
#% if github_auth == 'app' %#
# The App's private key comes from GITHUB_APP_PEM_FILE: the key itself, not its path.
provider "github" {
  base_url = #{ hcl(cw_git.host_url ~ '/') }#
  owner    = local.owner

  app_auth {
    id              = #{ hcl(github_app_id) }#
    installation_id = #{ hcl(github_app_installation_id) }#
    pem_file        = var.github_app_pem_file
  }
}
#% else %#
# GITHUB_TOKEN says as whom.
provider "github" {
  base_url = #{ hcl(cw_git.host_url ~ '/') }#
  owner    = local.owner
}
#% endif %#
