# GitLab, over its HTTP API, by a token that is never an argument of a process.
#   GITLAB_TOKEN or GITLAB_TOKEN_FILE   the token of the bot; docs/identity.md says what it needs

# git_secret: prints the long-lived credential.
git_secret() {
  if [[ -n ${DRY_RUN:-} ]]; then return; fi
  if [[ -n ${GITLAB_TOKEN:-} ]]; then
    printf %s "$GITLAB_TOKEN"
  else
    [[ -r ${GITLAB_TOKEN_FILE:-} ]] || die 'GITLAB_TOKEN or GITLAB_TOKEN_FILE must hold the token of the bot'
    tr -d '\n' <"$GITLAB_TOKEN_FILE"
  fi
}

# gitlab_open: what gitlab_api signs in with, and where the group and the project are.
gitlab_open() {
  printf 'PRIVATE-TOKEN: %s\n' "$(git_secret)" >"$scratch/gitlab-header"
  gitlab_group=groups/${GIT_OWNER//\//%2F}
  gitlab_project=projects/${GIT_OWNER//\//%2F}%2F$GIT_REPOSITORY
}

# gitlab_api METHOD PATH [ARGUMENTS]: one request; a body comes from standard input with `--data @-`.
gitlab_api() {
  local method=$1 path=$2
  shift 2
  curl --silent --show-error --fail --max-time 60 --header "@$scratch/gitlab-header" \
    --header 'Content-Type: application/json' --request "$method" "$@" "$GIT_API/$path"
}

# gitlab_problem: says what is wrong with the token or the group, if anything.
gitlab_problem() {
  local token
  gitlab_open
  token=$(gitlab_api GET personal_access_tokens/self 2>/dev/null) || {
    printf '%s' "$GIT_API does not accept the token of GITLAB_TOKEN or GITLAB_TOKEN_FILE"
    return
  }
  if [[ $(jq '.scopes | index("api") != null' <<<"$token") != true ]]; then
    printf '%s' 'the token for GitLab lacks the scope api; make one as docs/identity.md says'
  elif ! gitlab_api GET "$gitlab_group?with_projects=false" >/dev/null 2>&1; then
    printf '%s' "the group $GIT_OWNER is not there, or hidden from the token; make it on ${GIT_API%/api/v4} first"
  fi
}

# git_credential: how Argo CD reads this repository, as a JSON object. Its deploy token is new each time; the one before
# it stops to work.
git_credential() {
  local old id end
  gitlab_open
  end=$(jq --null-input --raw-output 'now + 364 * 86400 | strftime("%Y-%m-%d")')
  old=$(gitlab_api GET "$gitlab_project/deploy_tokens?per_page=100" | jq -r '.[] | select(.name == "argo-cd") | .id')
  jq --null-input --arg day "$end" '{name: "argo-cd", scopes: ["read_repository"], expires_at: $day}' \
    | gitlab_api POST "$gitlab_project/deploy_tokens" --data @- >"$scratch/deploy-token"
  for id in $old; do gitlab_api DELETE "$gitlab_project/deploy_tokens/$id" >/dev/null; done
  mkdir -p "$scratch/credential"
  printf git >"$scratch/credential/type"
  printf %s "$GIT_URL" >"$scratch/credential/url"
  jq -j .username "$scratch/deploy-token" >"$scratch/credential/username"
  jq -j .token "$scratch/deploy-token" >"$scratch/credential/password"
  rm -f "$scratch/deploy-token"
  log "Argo CD's deploy token ends on $end; renew it before that, as docs/runbooks/rotate-a-secret.md says"
  encode "$scratch/credential"
}

# git_sign_in: makes the credential for the rest of this run.
git_sign_in() {
  git_secret >"$scratch/git-password"
  printf %s "$GIT_BOT" >"$scratch/git-username"
  remote=$GIT_URL
}

# git_for_iac: the credential of infrastructure/git.
git_for_iac() {
  GITLAB_TOKEN=$(git_secret)
  export GITLAB_TOKEN
}
