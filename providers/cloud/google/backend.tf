#% from '_shared/quote.jinja' import hcl %#
  backend "gcs" {
    bucket = #{ hcl(state_bucket) }#
    prefix = "#{ root }#"
  }
