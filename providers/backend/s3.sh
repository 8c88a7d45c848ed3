#% from '_shared/quote.jinja' import sh %#
#| For bootstrap/lib/states.sh where states are in an S3-compatible store, which the record of the cloud names as `s3`. Its
   own states.sh has `state_key`: it sets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, if there is a key by now. |#
state_bucket=#{ sh(cw_cloud.s3.bucket) }#
export AWS_ENDPOINT_URL_S3=#{ sh(cw_cloud.s3.endpoint) }# AWS_REGION=#{ sh(cw_cloud.s3.region) }#
# Nobody else's credentials, and no checksums that only AWS knows.
export AWS_EC2_METADATA_DISABLED=true AWS_REQUEST_CHECKSUM_CALCULATION=when_required
unset AWS_PROFILE AWS_SESSION_TOKEN
#% if cw_cloud.cluster != 'made' %#

# state_key: the key of the bucket is in the environment.
state_key() { :; }
#% endif %#

cloud_has_state() {
  state_key
  aws s3api head-object --bucket "$state_bucket" --key #{ cw_iac.roots | first }#.tfstate >/dev/null 2>&1
}

# s3_settle: #{ 'keeps' if state_storage == 'platform' else 'says whether the bucket keeps' }# old versions of states, and says so if the store gives a lock to two at once.
s3_settle() {
  local probe=bootstrap.probe
  state_key
#% if state_storage == 'platform' %#
  aws s3api put-bucket-versioning --bucket "$state_bucket" --versioning-configuration Status=Enabled \
    || log "- $state_bucket keeps no old versions: a damaged state cannot be had back"
#% else %#
  aws s3api head-bucket --bucket "$state_bucket" >/dev/null \
    || die "the bucket $state_bucket is not there, or closed to this key; the key is AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
  [[ -n ${DRY_RUN:-} || $(aws s3api get-bucket-versioning --bucket "$state_bucket" --query Status --output text) == Enabled ]] \
    || log "- $state_bucket keeps no old versions: a damaged state cannot be had back"
#% endif %#
  [[ -z ${DRY_RUN:-} ]] || return 0
  aws s3api put-object --bucket "$state_bucket" --key "$probe" >/dev/null
  if aws s3api put-object --bucket "$state_bucket" --key "$probe" --if-none-match '*' >/dev/null 2>&1; then
    log "- $AWS_ENDPOINT_URL_S3 does not hold locks of states: let one person or Atlantis apply at a time"
  fi
  aws s3api delete-object --bucket "$state_bucket" --key "$probe" >/dev/null
}
#% if state_storage == 'platform' %#

# cloud_delete_states: every version of every state, and the bucket.
cloud_delete_states() {
  local key version
  state_key
  confirm "This deletes the states in $state_bucket for ever." "$state_bucket"
  aws s3api list-object-versions --bucket "$state_bucket" --output json \
    | jq -r '.Versions[]?, .DeleteMarkers[]? | [.Key, .VersionId] | @tsv' >"$scratch/versions"
  while IFS=$'\t' read -r key version <&4; do
    aws s3api delete-object --bucket "$state_bucket" --key "$key" --version-id "$version" >/dev/null
  done 4<"$scratch/versions"
  aws s3api delete-bucket --bucket "$state_bucket"
}
#% endif %#
