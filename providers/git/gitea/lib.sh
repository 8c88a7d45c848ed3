# Gitea, over its HTTP API. There is no standing administrator: each run makes one and removes it when it ends.

gitea_command() { kube exec -n gitea gitea-0 -c gitea -- gitea "$@"; }

# gitea_open: signs in as a new administrator with a random password, which only this process knows.
gitea_open() {
  local stale
  forward gitea service/gitea-http 3000
  gitea=http://127.0.0.1:$port
  for stale in $(gitea_command admin user list --admin | grep -o 'bootstrap-[0-9a-f]\{8\}' | sort -u); do
    gitea_command admin user delete --username "$stale" >/dev/null
  done
  gitea_admin=bootstrap-$(openssl rand -hex 4)
  gitea_command admin user create --admin --username "$gitea_admin" --email "$gitea_admin@$BASE_DOMAIN" \
    --random-password --random-password-length 40 --must-change-password=false >"$scratch/gitea"
  at_exit+=(gitea_close)
  sed -n "s/^generated random password is '\(.*\)'\$/\1/p" "$scratch/gitea" | tr -d '\n' >"$scratch/gitea-password"
  rm -f "$scratch/gitea"
  printf 'Authorization: Basic %s\n' \
    "$(printf '%s:%s' "$gitea_admin" "$(cat "$scratch/gitea-password")" | base64 | tr -d '\n')" >"$scratch/gitea-header"
}

gitea_close() {
  gitea_api DELETE "users/$GIT_BOT/tokens/bootstrap" >/dev/null 2>&1 || true
  gitea_command admin user delete --username "$gitea_admin" >/dev/null 2>&1
}

# gitea_api METHOD PATH [ARGUMENTS]: one request; a body comes from standard input with `--data @-`.
gitea_api() {
  local method=$1 path=$2
  shift 2
  curl --silent --show-error --fail --max-time 60 --header "@$scratch/gitea-header" \
    --header 'Content-Type: application/json' --request "$method" "$@" "$gitea/api/v1/$path"
}

gitea_has() { gitea_api GET "$1" >/dev/null 2>&1 && [[ -z ${DRY_RUN:-} ]]; }

# gitea_token NAME SCOPES: replaces the bot's token of that name, and prints the new one.
gitea_token() {
  gitea_api DELETE "users/$GIT_BOT/tokens/$1" >/dev/null 2>&1 || true
  jq --null-input --arg name "$1" --arg scopes "$2" '{name: $name, scopes: ($scopes | split(","))}' \
    | gitea_api POST "users/$GIT_BOT/tokens" --data @- | jq -rj '.sha1'
}

# What infrastructure/git and Atlantis do as the bot, which owns the organisation and administers nothing else.
gitea_scopes=write:organization,write:repository,write:issue,read:user

# git_host_token: the token with which Atlantis plans, comments and sets states.
git_host_token() { gitea_token atlantis "$gitea_scopes"; }

# git_credential: how Argo CD reads this repository, as a JSON object.
git_credential() {
  mkdir -p "$scratch/credential"
  printf git >"$scratch/credential/type"
  printf %s "$GIT_URL" >"$scratch/credential/url"
  printf %s "$GIT_BOT" >"$scratch/credential/username"
  gitea_token argo-cd read:repository >"$scratch/credential/password"
  encode "$scratch/credential"
}

# git_sign_in: makes the credential for the rest of this run.
git_sign_in() {
  [[ -n ${gitea_admin:-} ]] || gitea_open
  gitea_token bootstrap "$gitea_scopes" >"$scratch/git-password"
  printf %s "$GIT_BOT" >"$scratch/git-username"
  remote=$gitea/$GIT_OWNER/$GIT_REPOSITORY.git
}

# git_for_iac: the credential of infrastructure/git.
git_for_iac() {
  export GITEA_BASE_URL=$gitea
  GITEA_TOKEN=$(cat "$scratch/git-password")
  export GITEA_TOKEN
}
