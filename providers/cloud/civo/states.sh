# state_key: the credential that infrastructure/state made. Whoever has no API key brings the credential itself.
state_key() {
  local credential
  [[ -n ${CIVO_TOKEN:-} ]] || return 0
  credential=$(civo_item objectstore/credentials "$state_bucket") || credential=
  [[ -n $credential ]] || return 0
  AWS_ACCESS_KEY_ID=$(jq -r .access_key_id <<<"$credential")
  AWS_SECRET_ACCESS_KEY=$(jq -r .secret_access_key_id <<<"$credential")
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}
