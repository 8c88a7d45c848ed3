#% from '_shared/pools.jinja' import hcl as pools %#
# Pools beside the first one, which is in the cluster itself.
locals {
#{ pools(cw_pools) | trim('\n') }#
}
