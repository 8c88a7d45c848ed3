# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# The place where the states are.

state_bucket='acme-state-123456789012'

cloud_has_state() { aws s3api head-object --bucket "$state_bucket" --key state.tfstate >/dev/null 2>&1; }

# cloud_delete_states: every version of every state, the bucket, and in 30 days the key.
cloud_delete_states() {
  local key
  confirm "This deletes the states in $state_bucket for ever." "$state_bucket"
  while aws s3api list-object-versions --bucket "$state_bucket" --max-items 500 --output json \
    | jq -e '{Objects: [.Versions[]?, .DeleteMarkers[]? | {Key, VersionId}], Quiet: true} | select(.Objects != [])' \
      >"$scratch/versions" && [[ -s $scratch/versions ]]; do
    aws s3api delete-objects --bucket "$state_bucket" --delete "file://$scratch/versions" >/dev/null
  done
  aws s3api delete-bucket --bucket "$state_bucket"
  key=$(aws kms describe-key --key-id "alias/$PLATFORM_NAME-state" --query KeyMetadata.KeyId --output text)
  aws kms delete-alias --alias-name "alias/$PLATFORM_NAME-state"
  aws kms schedule-key-deletion --key-id "$key" --pending-window-in-days 30 >/dev/null
}
