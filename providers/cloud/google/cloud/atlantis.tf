#% from '_shared/quote.jinja' import hcl %#
# Atlantis plans as one service account and applies as another; its pod may act as both and do nothing else. That keeps a
# plan from changing anything by mistake, but it is no wall: a plan runs what a pull request says, and could act as the
# other. The wall is who may open pull requests, what needs approval, and what is not among the roles below: services,
# keys, buckets, service accounts and the project's rights. A person with more rights applies such a change, so nobody can
# widen these roles through Atlantis. What is added in local_*.tf may need more roles: add them in local_atlantis.tf.
locals {
  atlantis_roles = {
    plan = ["roles/iam.securityReviewer", "roles/viewer"]
    apply = [
      "roles/artifactregistry.admin",
      "roles/compute.networkAdmin",
      "roles/compute.securityAdmin",
      "roles/container.clusterAdmin",
      "roles/iam.securityReviewer",
      "roles/viewer",
    ]
  }

  atlantis_grants = merge([
    for step, roles in local.atlantis_roles : { for role in roles : "${step} ${role}" => { step = step, role = role } }
  ]...)
}

resource "google_service_account" "atlantis" {
  for_each = local.atlantis_roles

  account_id   = "${local.name}-${each.key}"
  display_name = "What Atlantis may do to ${each.key} changes of ${local.name}"
}

resource "google_service_account_iam_member" "atlantis" {
  for_each = google_service_account.atlantis

  service_account_id = each.value.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workloads}/ns/atlantis/sa/atlantis"
}

resource "google_project_iam_member" "atlantis" {
  for_each = local.atlantis_grants

  project = local.project
  role    = each.value.role
  member  = google_service_account.atlantis[each.value.step].member
}

#% if dns == 'google' and google_dns_project != google_project %#
# A plan reads the rights that dns.tf hands out in the project of the zone.
resource "google_project_iam_member" "atlantis_dns" {
  for_each = google_service_account.atlantis

  project = local.dns_project
  role    = "roles/iam.securityReviewer"
  member  = each.value.member
}

#% endif %#
# A new pool of nodes runs as the nodes' service account.
resource "google_service_account_iam_member" "atlantis_nodes" {
  service_account_id = google_service_account.nodes.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.atlantis["apply"].member
}

#% if state_storage != 'gitlab' %#
# Both read every state. A plan writes nothing but the lock.
resource "google_storage_bucket_iam_member" "atlantis_read" {
  for_each = google_service_account.atlantis

  bucket = local.state_bucket
  role   = "roles/storage.objectViewer"
  member = each.value.member
}

resource "google_storage_bucket_iam_member" "atlantis_lock" {
  bucket = local.state_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.atlantis["plan"].member

  condition {
    title      = "locks"
    expression = "resource.name.endsWith(\".tflock\")"
  }
}

resource "google_storage_bucket_iam_member" "atlantis_write" {
  bucket = local.state_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.atlantis["apply"].member
}

locals {
  state_bucket = #{ hcl(state_bucket) }#
}

#% endif %#
#% if iac == 'opentofu' %#
# Both open what OpenTofu encrypted.
resource "google_kms_crypto_key_iam_member" "atlantis" {
  for_each = google_service_account.atlantis

  crypto_key_id = "${local.keys}/state"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value.member
}

#% endif %#
output "atlantis_service_accounts" {
  description = "Whom Atlantis plans and applies as."
  value       = { for name, account in google_service_account.atlantis : name => account.email }
}
