#% from '_shared/quote.jinja' import hcl %#
locals {
  account_id = #{ hcl(aws_account_id) }#
  name       = "#{ platform_name }#-state"
}
