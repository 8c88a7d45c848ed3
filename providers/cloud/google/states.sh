#% from '_shared/quote.jinja' import sh %#
state_bucket=#{ sh(state_bucket) }#

cloud_has_state() { gcloud storage objects describe "gs://$state_bucket/#{ cw_iac.roots | first }#/default.tfstate" >/dev/null 2>&1; }
#% if state_storage == 'platform' %#

# cloud_delete_states: every version of every state, the bucket, and in 30 days every key of the ring.
cloud_delete_states() {
  local versions
  confirm "This deletes the states in $state_bucket and the keys in $GOOGLE_KEY_RING for ever." "$state_bucket"
  gcloud storage rm --recursive "gs://$state_bucket"
  gcloud kms keys list --keyring "$GOOGLE_KEY_RING" --location "$GOOGLE_REGION" --format 'value(name)' >"$scratch/keys"
  while read -r key <&4; do
    versions=$(gcloud kms keys versions list --key "$key" --filter 'state:(ENABLED DISABLED)' --format 'value(name)')
    for version in $versions; do gcloud kms keys versions destroy "$version" >/dev/null; done
    gcloud kms keys update "$key" --remove-rotation-schedule
  done 4<"$scratch/keys"
}
#% endif %#
