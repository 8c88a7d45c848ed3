# The token comes from LINODE_TOKEN. Where LINODE_OBJ_ACCESS_KEY is not set, as in Atlantis, buckets are looked into with
# keys that live for one run.
provider "linode" {
  obj_use_temp_keys = true
}
