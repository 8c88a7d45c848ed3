#% from '_shared/quote.jinja' import hcl %#
# Who writes records into the zone: external-dns those of the platform's routes#{
  ', cert-manager those of DNS-01 challenges' if cw_acme.challenge == 'dns-01' }#.
# The role is theirs alone, because Cloud DNS' own lets them delete the zone.
locals {
  dns_project = #{ hcl(google_dns_project) }#
  dns_writers = {
    external-dns = "${local.workloads}/ns/external-dns/sa/external-dns"
#% if cw_acme.challenge == 'dns-01' %#
    cert-manager = "${local.workloads}/ns/cert-manager/sa/cert-manager"
#% endif %#
  }
}

resource "google_project_iam_custom_role" "dns_records" {
  project     = local.dns_project
  role_id     = "${replace(local.name, "-", "_")}_dns_records"
  title       = "DNS records of ${local.name}"
  description = "Changes the records of a zone, and not the zone"

  permissions = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
  ]
}

resource "google_dns_managed_zone_iam_member" "writers" {
  for_each = local.dns_writers

  project      = local.dns_project
  managed_zone = #{ hcl(google_dns_zone) }#
  role         = google_project_iam_custom_role.dns_records.id
  member       = each.value
}

# external-dns finds the zone by its name.
resource "google_project_iam_member" "dns_reader" {
  project = local.dns_project
  role    = "roles/dns.reader"
  member  = local.dns_writers.external-dns
}
