#% from '_shared/quote.jinja' import hcl %#
seal "transit" {
  address    = #{ hcl(transit_address) }#
  mount_path = "#{ transit_mount }#/"
  key_name   = #{ hcl(transit_key) }#

  # Any public CA, and what is added to the trust bundle. Without this line, the variable for the command line would
  # count here too, and only the platform's own CA.
  tls_ca_cert = "/etc/platform-ca/ca.crt"
}
