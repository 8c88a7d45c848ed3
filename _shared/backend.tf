#| backend.tf of the root that is set: where its state is. What encrypts it is beside it, in encryption.tf.json. |#
#% include '_shared/owned.jinja' %#
#% if iac == 'terraform' and cw_iac.backend == 'kubernetes' %#
# Terraform does not encrypt state itself: whoever reads Secrets in the namespace bootstrap, or etcd, reads this state.
#% elif iac == 'terraform' %#
# Terraform does not encrypt state itself: #{ "the bucket's KMS key is what protects it"
  if cw_cloud.encryption and state_storage == 'platform'
  else 'whoever may read the ' ~ ('project' if cw_iac.backend == 'http' else 'bucket') ~ ' reads this state' }#.
#% elif root == 'state' and cw_iac.encryption == 'key' %#
# The key that encrypts the other states is made here. This state holds no secret: #{
  "the bucket's encryption is enough" if state_storage == 'platform' else 'it needs no encryption of its own' }#.
#% else %#
# OpenTofu encrypts state and plans before they leave it: see encryption.tf.json.
#% endif %#
terraform {
#% include '_shared/backend-block.tf' %#
}
