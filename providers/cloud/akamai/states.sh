# state_key: the Object Storage key that the provider uses is the key of the states, too.
state_key() {
  export AWS_ACCESS_KEY_ID=${LINODE_OBJ_ACCESS_KEY:-} AWS_SECRET_ACCESS_KEY=${LINODE_OBJ_SECRET_KEY:-}
}
