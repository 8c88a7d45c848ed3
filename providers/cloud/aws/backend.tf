#% from '_shared/quote.jinja' import hcl %#
  backend "s3" {
    bucket              = "#{ platform_name }#-state-#{ aws_account_id }#"
    key                 = "#{ root }#.tfstate"
    region              = #{ hcl(aws_region) }#
    allowed_account_ids = [#{ hcl(aws_account_id) }#]
    encrypt             = true
    kms_key_id          = "alias/#{ platform_name }#-state"
    use_lockfile        = true
  }
