cloud_has_state() {
  az storage blob show --auth-mode login --account-name "$AZURE_STATE_ACCOUNT" --container-name states \
    --name state.tfstate >/dev/null 2>&1
}

# cloud_kubeconfig: without local accounts, whoever uses it signs in to Entra with `az`.
cloud_kubeconfig() {
  az aks get-credentials --subscription "$AZURE_SUBSCRIPTION" --resource-group "$PLATFORM_NAME" \
    --name "$PLATFORM_NAME" --context "$PLATFORM_NAME" --overwrite-existing --file "$kubeconfig"
  kubelogin convert-kubeconfig --login azurecli --kubeconfig "$kubeconfig"
}

# cloud_identities NAME: hands each workload the client ID of its identity, as the Secret NAME in its namespace.
cloud_identities() {
  local target values
  in_root cloud output -json identities >"$scratch/identities"
  if [[ -n ${DRY_RUN:-} ]]; then return; fi
  jq -r 'to_entries[] | [.key, (.value | tojson)] | @tsv' "$scratch/identities" >"$scratch/identities.tsv"
  while IFS=$'\t' read -r target values <&4; do
    namespace "$target"
    printf '%s' "$values" | secret "$target" "$1"
  done 4<"$scratch/identities.tsv"
}

# cloud_delete_states: every version of every state, and what keeps them; their key can be had back for 90 days.
cloud_delete_states() {
  confirm "This deletes the states in $AZURE_STATE_ACCOUNT for ever." "$AZURE_STATE_ACCOUNT"
  az lock delete --subscription "$AZURE_SUBSCRIPTION" --resource-group "$PLATFORM_NAME-state" --name states \
    --resource-type Microsoft.Storage/storageAccounts --resource "$AZURE_STATE_ACCOUNT"
  az group delete --subscription "$AZURE_SUBSCRIPTION" --name "$PLATFORM_NAME-state" --yes
}
