#% set kubeconfig = 'base64decode(linode_lke_cluster.platform.kubeconfig)' %#
#% include '_shared/cluster-outputs.tf' %#
