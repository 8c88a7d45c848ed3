# Argo CD signs in to the workload clusters that are made here as this service account.
resource "google_service_account" "argo_cd" {
  account_id   = "${local.name}-argo-cd"
  display_name = "Argo CD of ${local.name}"
}

resource "google_service_account_iam_member" "argo_cd" {
  for_each = toset(["argocd-application-controller", "argocd-server"])

  service_account_id = google_service_account.argo_cd.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workloads}/ns/argocd/sa/${each.key}"
}
#% if cw_fleet.module %#

# It runs what is in them. GKE has no role for that which does not also lead to the clusters themselves.
resource "google_project_iam_member" "argo_cd" {
  project = local.project
  role    = "roles/container.admin"
  member  = google_service_account.argo_cd.member
}
#% endif %#
