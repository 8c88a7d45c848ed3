#% from '_shared/quote.jinja' import sh %#
state_account=#{ sh(state_bucket) }#

cloud_has_state() {
  az storage blob show --auth-mode login --account-name "$state_account" --container-name states \
    --name #{ cw_iac.roots | first }#.tfstate >/dev/null 2>&1
}
#% if state_storage == 'platform' %#

# cloud_delete_states: every version of every state, and what keeps them; their key can be had back for 90 days.
cloud_delete_states() {
  confirm "This deletes the states in $state_account for ever." "$state_account"
  az lock delete --subscription "$AZURE_SUBSCRIPTION" --resource-group "$PLATFORM_NAME-state" --name states \
    --resource-type Microsoft.Storage/storageAccounts --resource "$state_account"
  az group delete --subscription "$AZURE_SUBSCRIPTION" --name "$PLATFORM_NAME-state" --yes
}
#% endif %#
