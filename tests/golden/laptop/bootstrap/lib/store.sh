# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# The secrets engine, over its HTTP API and verified TLS, with a role that lives for minutes. No token or value is ever
# an argument of a process: headers and bodies are read from files and pipes.
store_host=$STORE-active.$STORE.svc.cluster.local

# store_open [TARGET]: reaches the active pod, or the given one.
store_open() {
  [[ -n ${DRY_RUN:-} ]] || secret_bytes cert-manager platform-ca ca.crt >"$scratch/ca.crt"
  forward "$STORE" "${1:-service/$STORE-active}" 8200
  store_port=$port
}

# store_api METHOD PATH [ARGUMENTS]: one request; a body comes from standard input with `--data @-`.
store_api() {
  local method=$1 path=$2
  shift 2
  touch "$scratch/store-header"
  curl --silent --show-error --fail-with-body --max-time 60 --cacert "$scratch/ca.crt" \
    --connect-to "$store_host:8200:127.0.0.1:$store_port" --header "@$scratch/store-header" \
    --request "$method" "$@" "https://$store_host:8200/v1/$path"
}

# store_active: some pod says that it is the active one.
store_active() { [[ -n $(kube get endpointslices -n "$STORE" -l "kubernetes.io/service-name=$STORE-active" \
  -o 'jsonpath={.items[*].endpoints[*].addresses[0]}') ]]; }

store_token() { printf 'X-Vault-Token: %s\n' "$1" >"$scratch/store-header"; }

# store_login [ROLE]: signs in as the role, by a token of its ServiceAccount, and signs out at the end.
store_login() {
  local role=${1:-bootstrap} jwt=$scratch/jwt answer
  if [[ -s $scratch/store-header ]]; then store_logout; else at_exit+=(store_logout); fi
  store_open
  kube create token "$role" -n "$STORE" --duration 10m | tr -d '\n' >"$jwt"
  answer=$(jq --null-input --arg role "$role" --rawfile jwt "$jwt" '{role: $role, jwt: $jwt}' \
    | store_api POST auth/kubernetes/login --data @-) || die "$STORE refuses the role $role"
  rm -f "$jwt"
  store_token "$(jq -r '.auth.client_token' <<<"$answer")"
}

store_logout() {
  store_api POST auth/token/revoke-self >/dev/null 2>&1
  rm -f "$scratch/store-header"
}

# store_has PATH: there is a secret at that path.
store_has() {
  local code
  code=$(store_api GET "secret/metadata/$1" --output /dev/null --write-out '%{http_code}' 2>/dev/null) || true
  case $code in
  200) return 0 ;;
  404) return 1 ;;
  esac
  [[ -n ${DRY_RUN:-} ]] && return 1
  die "$STORE does not say whether $1 is there (answer $code)"
}

# store_put PATH FOLDER: writes the files of the folder as one secret.
store_put() { encode "$2" | jq -c '{data: .}' | store_api POST "secret/data/$1" --data @- >/dev/null; }

# store_get PATH KEY: prints one value.
store_get() { store_api GET "secret/data/$1" | jq -rj --arg key "$2" '.data.data[$key]'; }
