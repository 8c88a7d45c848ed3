#% include '_shared/cluster-variables.tf' %#
