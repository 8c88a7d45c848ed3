#% from '_shared/quote.jinja' import hcl %#
  # A store that speaks S3, and is not AWS: none of what AWS alone can answer is asked. The key comes from
  # AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
  backend "s3" {
    bucket       = #{ hcl(cw_cloud.s3.bucket) }#
    key          = "#{ root }#.tfstate"
    region       = #{ hcl(cw_cloud.s3.region) }#
    endpoints    = { s3 = #{ hcl(cw_cloud.s3.endpoint) }# }
    use_lockfile = true

    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
    skip_s3_checksum            = true
  }
