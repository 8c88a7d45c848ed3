#% set storage = {'name': 'state', 'bucket': state_bucket, 'kept': true} %#
#% include 'providers/cloud/vultr/storage.tf' %#
