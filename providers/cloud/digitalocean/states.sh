# state_key: the Spaces key that the provider uses is the key of the states, too.
state_key() {
  export AWS_ACCESS_KEY_ID=${SPACES_ACCESS_KEY_ID:-} AWS_SECRET_ACCESS_KEY=${SPACES_SECRET_ACCESS_KEY:-}
}
