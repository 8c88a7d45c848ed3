#% from '_shared/quote.jinja' import hcl %#
seal "awskms" {
  region     = #{ hcl(aws_region) }#
  kms_key_id = "alias/#{ platform_name }#-seal"
}
