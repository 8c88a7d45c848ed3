#% from '_shared/quote.jinja' import hcl %#
  backend "s3" {
    bucket              = #{ hcl(state_bucket) }#
    key                 = "#{ root }#.tfstate"
    region              = #{ hcl(aws_region) }#
    allowed_account_ids = [#{ hcl(aws_account_id) }#]
#% if state_storage == 'platform' %#
    encrypt             = true
    kms_key_id          = "alias/#{ platform_name }#-state"
#% endif %#
    use_lockfile        = true
  }
