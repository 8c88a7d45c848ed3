# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# This repository, and the branch that Argo CD follows.

# as_bot ARGUMENTS: git with the credential of git_sign_in, asking nobody and keeping nothing.
as_bot() {
  GIT_ASKPASS=$bootstrap/lib/askpass GIT_TERMINAL_PROMPT=0 GIT_USERNAME_FILE=$scratch/git-username \
    GIT_PASSWORD_FILE=$scratch/git-password git -C "$repository" -c credential.helper= "$@"
}

# published: prints the commit that the git host has on the branch, or nothing.
published() { as_bot ls-remote "$remote" "refs/heads/$GIT_BRANCH" 2>/dev/null | cut -f 1 || true; }

# publish: pushes the branch if the git host does not have it, or is behind. Later changes come by pull request.
publish() {
  local mine theirs
  mine=$(git -C "$repository" rev-parse HEAD)
  theirs=$(published)
  if [[ -n $theirs && $theirs == "$mine" ]]; then
    log "the branch $GIT_BRANCH is there already"
  elif [[ -n $theirs ]] && ! git -C "$repository" merge-base --is-ancestor "$theirs" "$mine" 2>/dev/null; then
    log "the branch $GIT_BRANCH there has commits that are not here; left as it is"
  elif ! as_bot push --quiet "$remote" "HEAD:refs/heads/$GIT_BRANCH"; then
    [[ -n $theirs ]] || die "the branch $GIT_BRANCH could not be pushed to $GIT_WEB"
    log "the branch $GIT_BRANCH there is protected and behind; open a pull request with what is new here"
  fi
  git -C "$repository" remote get-url origin >/dev/null 2>&1 \
    || git -C "$repository" remote add origin "$GIT_WEB.git"
}
