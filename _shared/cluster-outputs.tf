#| How a made cluster is reached, and who administers it, from `kubeconfig`: what the cloud hands out, as an expression of its YAML. |#
locals {
  kubeconfig = yamldecode(#{ kubeconfig }#)
}

output "connection" {
  description = "How it is reached."
  value = {
    server = nonsensitive(local.kubeconfig.clusters[0].cluster.server)
    ca     = nonsensitive(base64decode(local.kubeconfig.clusters[0].cluster["certificate-authority-data"]))
  }
}

output "administrator" {
  description = "What #{ cw_cloud.signs_in }# itself signs in to it with."
  value = {
#% for key in cw_cloud.clusters.administrator %#
#% if key == 'token' %#
    token = local.kubeconfig.users[0].user.token
#% else %#
    #{ '%-18s' | format(key) }# = base64decode(local.kubeconfig.users[0].user["#{ key | replace('_', '-') }#-data"])
#% endif %#
#% endfor %#
  }
  sensitive = true
}
