# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# GitHub, by the App's private key or by a token. Neither is ever an argument of a process.
#   GITHUB_APP_PRIVATE_KEY_FILE   the App's private key (github_auth: app)
#   GITHUB_TOKEN or GITHUB_TOKEN_FILE   a fine-grained token (github_auth: token)

# git_secret: prints the long-lived credential.
git_secret() {
  if [[ -n ${DRY_RUN:-} ]]; then return; fi
  if [[ $GITHUB_AUTH == app ]]; then
    [[ -r ${GITHUB_APP_PRIVATE_KEY_FILE:-} ]] || die 'GITHUB_APP_PRIVATE_KEY_FILE must name the private key of the App'
    cat "$GITHUB_APP_PRIVATE_KEY_FILE"
  elif [[ -n ${GITHUB_TOKEN:-} ]]; then
    printf %s "$GITHUB_TOKEN"
  else
    [[ -r ${GITHUB_TOKEN_FILE:-} ]] || die 'GITHUB_TOKEN or GITHUB_TOKEN_FILE must hold a fine-grained token'
    tr -d '\n' <"$GITHUB_TOKEN_FILE"
  fi
}

base64url() { base64 | tr '+/' '-_' | tr -d '=\n'; }

# github_token: prints a token for git and the API; for an App one that GitHub takes back after an hour.
github_token() {
  if [[ $GITHUB_AUTH == token ]]; then
    git_secret
    return
  fi
  local now claims signature
  now=$(date +%s)
  claims=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url).$(printf '{"iat":%d,"exp":%d,"iss":"%s"}' \
    "$((now - 60))" "$((now + 300))" "$GITHUB_APP_ID" | base64url)
  git_secret >"$scratch/github-key"
  signature=$(printf %s "$claims" | openssl dgst -sha256 -sign "$scratch/github-key" | base64url)
  rm -f "$scratch/github-key"
  printf 'Authorization: Bearer %s.%s\n' "$claims" "$signature" >"$scratch/github-header"
  curl --silent --show-error --fail --max-time 60 --header "@$scratch/github-header" \
    --header 'Accept: application/vnd.github+json' --request POST \
    "$GIT_API/app/installations/$GITHUB_APP_INSTALLATION_ID/access_tokens" | jq -rj '.token'
}

# git_credential: how Argo CD reads this repository, as a JSON object.
git_credential() {
  mkdir -p "$scratch/credential"
  printf git >"$scratch/credential/type"
  printf %s "$GIT_URL" >"$scratch/credential/url"
  if [[ $GITHUB_AUTH == app ]]; then
    printf %s "$GITHUB_APP_ID" >"$scratch/credential/githubAppID"
    printf %s "$GITHUB_APP_INSTALLATION_ID" >"$scratch/credential/githubAppInstallationID"
    [[ $GITHUB_HOST == github.com ]] || printf %s "$GIT_API" >"$scratch/credential/githubAppEnterpriseBaseUrl"
    git_secret >"$scratch/credential/githubAppPrivateKey"
  else
    printf %s "$GIT_BOT" >"$scratch/credential/username"
    git_secret >"$scratch/credential/password"
  fi
  encode "$scratch/credential"
}

# git_sign_in: makes the credential for the rest of this run.
git_sign_in() {
  github_token >"$scratch/git-password"
  printf x-access-token >"$scratch/git-username"
  remote=$GIT_URL
}

# git_for_iac: the credential of infrastructure/git.
git_for_iac() {
  if [[ $GITHUB_AUTH == app ]]; then
    GITHUB_APP_PEM_FILE=$(git_secret)
    export GITHUB_APP_PEM_FILE
  else
    GITHUB_TOKEN=$(git_secret)
    export GITHUB_TOKEN
  fi
}
