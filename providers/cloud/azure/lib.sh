# cloud_kubeconfig: without local accounts, whoever uses it signs in to Entra with `az`.
#% if api_access == 'private' %#
# The API server's private name is known in the cluster's own network only; the public one leads to the same private address.
#% endif %#
cloud_kubeconfig() {
  az aks get-credentials --subscription "$AZURE_SUBSCRIPTION" --resource-group "$PLATFORM_NAME" \
    --name "$PLATFORM_NAME"#{ ' --public-fqdn' if api_access == 'private' }# --context "$PLATFORM_NAME" --overwrite-existing --file "$kubeconfig"
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
