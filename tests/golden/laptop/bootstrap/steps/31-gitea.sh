#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Run Gitea in the cluster, with the organisation, the bot, and an account for each person
. "$(dirname "$0")/../lib/all.sh"

require_cluster
apply -f "$bootstrap/gitea/namespace.yaml" -f "$bootstrap/gitea/gitea.yaml"
kube rollout status -n gitea statefulset/gitea --timeout=10m >&3
gitea_open

if ! gitea_has "users/$GIT_BOT"; then
  gitea_command admin user create --username "$GIT_BOT" --email "$GIT_BOT_EMAIL" --random-password \
    --random-password-length 40 --must-change-password=false >/dev/null
  log "made the account $GIT_BOT"
fi
if ! gitea_has "orgs/$GIT_OWNER"; then
  jq --null-input --arg name "$GIT_OWNER" '{username: $name, visibility: "private"}' \
    | gitea_api POST "admin/users/$GIT_BOT/orgs" --data @- >/dev/null
  log "made the organisation $GIT_OWNER"
fi

# The first password goes to a file that only you can read; Gitea asks for another one at the first sign-in.
while IFS=$'\t' read -r account email <&4; do
  if [[ $account == '#'* ]] || gitea_has "users/$account"; then continue; fi
  gitea_command admin user create --username "$account" --email "$email" --random-password \
    --random-password-length 20 --must-change-password=true >"$scratch/person"
  [[ -z ${DRY_RUN:-} ]] || continue
  mkdir -p "$home/first-passwords"
  sed -n "s/^generated random password is '\(.*\)'\$/\1/p" "$scratch/person" >"$home/first-passwords/gitea-$account"
  rm -f "$scratch/person"
  log "made the account $account; its first password is in $home/first-passwords/gitea-$account"
done 4<"$bootstrap/gitea/people.tsv"
