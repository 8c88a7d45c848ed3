# state_key: the keys of the Object Storage that infrastructure/state made. Whoever has no API key brings them.
state_key() {
  local storage
  [[ -n ${VULTR_API_KEY:-} ]] || return 0
  storage=$(vultr_api 'object-storage?per_page=500' \
    | jq -c --arg label "$state_bucket" '[.object_storages[]? | select(.label == $label)][0] // empty') || storage=
  [[ -n $storage ]] || return 0
  AWS_ACCESS_KEY_ID=$(jq -r .s3_access_key <<<"$storage")
  AWS_SECRET_ACCESS_KEY=$(jq -r .s3_secret_key <<<"$storage")
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}
