#% set kubeconfig = 'digitalocean_kubernetes_cluster.platform.kube_config[0].raw_config' %#
#% include '_shared/cluster-outputs.tf' %#
