#% from '_shared/quote.jinja' import hcl %#
#% set single = maintenance_day != 'weekdays' %#
#% set end = maintenance_hour + (12 if single else 4) %#
# A regional cluster: control plane and nodes are in three zones.
resource "google_container_cluster" "platform" {
  name     = local.name
  location = local.region

  # The newest patch of this minor version. Another one comes when kubernetes_version is raised: GKE waits for that until
  # the old version is out of support. Patches come in the window#{ '; GKE wants 48 hours of it in 32 days' if single }#.
  min_master_version = local.kubernetes_version

  release_channel {
    channel = #{ hcl('EXTENDED' if kubernetes_support == 'extended' else google_release_channel | upper) }#
  }

  maintenance_policy {
    recurring_window {
      start_time = "2026-01-05T#{ '%02d' | format(maintenance_hour) }#:00:00Z"
      end_time   = "2026-01-0#{ 5 + end // 24 }#T#{ '%02d' | format(end % 24) }#:00:00Z"
      recurrence = "FREQ=WEEKLY;BYDAY=#{ (maintenance_day | upper)[:2] if single else 'MO,TU,WE,TH' }#"
    }

    maintenance_exclusion {
      exclusion_name = "minor-versions"
      start_time     = "2026-01-05T00:00:00Z"

      exclusion_options {
        scope             = "NO_MINOR_UPGRADES"
        end_time_behavior = "UNTIL_END_OF_SUPPORT"
      }
    }
  }

  network         = local.network
  subnetwork      = local.subnetwork
  networking_mode = "VPC_NATIVE"
  # Cilium in GKE's own edition: it enforces NetworkPolicies.
  datapath_provider           = "ADVANCED_DATAPATH"
  enable_intranode_visibility = true

  ip_allocation_policy {
    cluster_secondary_range_name  = #{ hcl(google_pods_range if network == 'existing' and not module else 'pods') }#
    services_secondary_range_name = #{ hcl(google_services_range if network == 'existing' and not module else 'services') }#
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = #{ 'true' if api_access == 'private' and not module else 'false' }#
    master_ipv4_cidr_block  = local.control_plane_cidr
#% if api_access == 'private' and not module %#

    # A VPN may end in another region.
    master_global_access_config {
      enabled = true
    }
#% endif %#
  }
#% if google_dns_endpoint and api_access == 'private' %#

  # The API server's DNS name leads to Google's own front end, which lets nobody through whom IAM does not: the way in for
  # people outside of the network, which no peering leads into.
  control_plane_endpoints_config {
    dns_endpoint_config {
      allow_external_traffic = true
    }
  }
#% endif %#

  # Machines of other customers of Google Cloud are as foreign as the rest of the internet.
  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false

    dynamic "cidr_blocks" {
      for_each = toset(local.api_allowed_cidrs)

      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  workload_identity_config {
    workload_pool = "${local.project}.svc.id.goog"
  }

#% if not module %#
  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key_iam_member.cluster.crypto_key_id
  }

#% endif %#
  enable_shielded_nodes = true

  # The platform brings the CRDs of Gateway API itself, in the version that its gateway knows.
  gateway_api_config {
    channel = "CHANNEL_DISABLED"
  }

  addons_config {
    dns_cache_config {
      enabled = true
    }

    gce_persistent_disk_csi_driver_config {
      enabled = true
    }
  }

  logging_config {
    enable_components = ["APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "SYSTEM_COMPONENTS", "WORKLOADS"]
  }

  # The metrics of workloads are read by kube-prometheus-stack, where it is chosen; those of the system by Google Cloud.
  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS"]

    managed_prometheus {
      enabled = false
    }
  }

  # Nodes are in a pool of their own (nodes.tf). GKE makes no cluster without a first one, which goes at once.
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    service_account = local.nodes_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }

  # #{ 'The answers refuse to skip its draining' if module else "bootstrap/down removes the cluster, after it has asked for the platform's name" }#.
  deletion_protection = false

  lifecycle {
    ignore_changes = [node_config]
  }
#% if not module %#

  depends_on = [google_project_iam_member.nodes]
#% endif %#
}
#% if not module %#

# GKE encrypts Secrets in the cluster's database, as a service account of the project that Google runs.
resource "google_kms_crypto_key_iam_member" "cluster" {
  crypto_key_id = "${local.keys}/cluster"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.current.number}@container-engine-robot.iam.gserviceaccount.com"
}
#% endif %#
