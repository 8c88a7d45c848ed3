tool az 2.61.0 https://learn.microsoft.com/cli/azure/install-azure-cli az version
tool kubelogin 0.1.0 https://azure.github.io/kubelogin/install.html kubelogin --version
subscription=$(az account show --query id --output tsv 2>/dev/null) || subscription=none
[[ -n ${DRY_RUN:-} || $subscription == "$AZURE_SUBSCRIPTION" ]] \
  || problem "az works in the subscription $subscription; run: az login, az account set --subscription $AZURE_SUBSCRIPTION"
