#% set kubeconfig = 'base64decode(vultr_kubernetes.platform.kube_config)' %#
#% include '_shared/cluster-outputs.tf' %#
