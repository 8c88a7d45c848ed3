# What may reach nodes and API server from outside. Load balancers have an address, and rules, of their own.
resource "civo_firewall" "cluster" {
  name                 = local.name
  network_id           = local.network_id
  create_default_rules = false

  ingress_rule {
    label      = "api-server"
    protocol   = "tcp"
    port_range = "6443"
    cidr       = local.api_allowed_cidrs
    action     = "allow"
  }

  ingress_rule {
    label      = "inside-tcp"
    protocol   = "tcp"
    port_range = "1-65535"
    cidr       = [local.network_cidr]
    action     = "allow"
  }

  ingress_rule {
    label      = "inside-udp"
    protocol   = "udp"
    port_range = "1-65535"
    cidr       = [local.network_cidr]
    action     = "allow"
  }

  egress_rule {
    label      = "tcp"
    protocol   = "tcp"
    port_range = "1-65535"
    cidr       = ["0.0.0.0/0"]
    action     = "allow"
  }

  egress_rule {
    label      = "udp"
    protocol   = "udp"
    port_range = "1-65535"
    cidr       = ["0.0.0.0/0"]
    action     = "allow"
  }
}
