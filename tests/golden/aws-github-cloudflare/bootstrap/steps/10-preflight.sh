#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Check tools, credentials, names and ports before anything is made
. "$(dirname "$0")/../lib/all.sh"

. "$bootstrap/versions.env"
problems=0
problem() {
  log "- $*"
  problems=$((problems + 1))
}

# tool NAME OLDEST WHERE COMMAND...: the tool is there, and not too old.
tool() {
  local name=$1 oldest=$2 where=$3 have
  shift 3
  if ! command -v "$name" >/dev/null; then
    problem "$name is missing; get $oldest or newer from $where"
    return
  fi
  [[ $# -eq 0 || -n ${DRY_RUN:-} ]] && return
  have=$("$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1) || true
  printf '%s\n%s\n' "$oldest" "${have:-0}" | sort -V -C 2>/dev/null \
    || problem "$name is ${have:-of an unknown version}; get $oldest or newer from $where"
}

for name in git curl jq openssl base64; do tool "$name" 'any version' 'your package manager'; done
tool kubectl "$MIN_KUBECTL" https://kubernetes.io/docs/tasks/tools/ kubectl version --client
tool helm "$MIN_HELM" https://helm.sh/docs/intro/install/ helm version --short
if [[ $IAC == opentofu ]]; then
  tool tofu "$MIN_IAC" https://opentofu.org/docs/intro/install/ tofu version
else
  tool terraform "$MIN_IAC" https://developer.hashicorp.com/terraform/install terraform version
fi
tool aws 2.15.0 https://docs.aws.amazon.com/cli/ aws --version
account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null) || account=none
[[ -n ${DRY_RUN:-} || $account == "$AWS_ACCOUNT_ID" ]] \
  || problem "these AWS credentials are for account $account, and this platform lives in $AWS_ACCOUNT_ID; sign in there"
[[ -n ${DRY_RUN:-} ]] || (git_secret >/dev/null) || problem 'the credential for GitHub is not there (see above)'

if [[ -z ${DRY_RUN:-} ]]; then
  branch=$(git -C "$repository" symbolic-ref --quiet --short HEAD) || branch=none
  [[ $branch == "$GIT_BRANCH" ]] \
    || problem "the branch here is $branch, and Argo CD follows $GIT_BRANCH; run: git switch -c $GIT_BRANCH"
  [[ -z $(git -C "$repository" status --porcelain -- . ':!*.terraform.lock.hcl') ]] \
    || problem 'the repository has changes that are not committed; Argo CD would not see them'
fi

# Those are only worth a word: they are asked for later, or matter to a browser only.
while IFS=$'\t' read -r component name keys born <&4; do
  [[ $born == person && $component != '#'* ]] || continue
  for key in ${keys//,/ }; do
    [[ -n $(seed_given "$component" "$name" "$key") ]] \
      || log "- later asks for $component $name $key, unless $(seed_variable "$component" "$name" "$key")[_FILE] is set"
  done
done 4<"$bootstrap/secrets.tsv"
if [[ $BASE_DOMAIN == *.localhost && -z ${DRY_RUN:-} ]] && command -v getent >/dev/null; then
  getent hosts "argocd.$BASE_DOMAIN" >/dev/null \
    || log "- browsers find *.localhost by themselves; for other programs add to /etc/hosts: 127.0.0.1 $UI_HOSTS"
fi

((problems == 0)) || die "$problems to put right first"
log 'all is there'
