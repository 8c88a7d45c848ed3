#% set kubeconfig = 'civo_kubernetes_cluster.platform.kubeconfig' %#
#% include '_shared/cluster-outputs.tf' %#
