#% include 'providers/cloud/vultr/provider.tf' %#
