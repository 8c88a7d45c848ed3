#% from '_shared/quote.jinja' import sh %#
state_project=#{ sh(gitlab_state_project) }#
states_api=projects/${state_project//\//%2F}/terraform/state

# state_key: the bot's token opens the states, too.
state_key() {
  export TF_HTTP_USERNAME=$GIT_BOT TF_HTTP_PASSWORD
  TF_HTTP_PASSWORD=$(git_secret)
}

cloud_has_state() {
  gitlab_open
  gitlab_api GET "$states_api/#{ cw_iac.roots | first }#" >/dev/null 2>&1
}

# state_place: makes the project that holds the states, where it is missing; nobody but the bot sees into it.
state_place() {
  local group
  gitlab_open
  if gitlab_api GET "projects/${state_project//\//%2F}" >/dev/null 2>&1; then
    log "$state_project is there already"
    return
  fi
  group=${state_project%/*}
  group=$(gitlab_api GET "groups/${group//\//%2F}?with_projects=false" | jq .id) \
    || die "the group of $state_project is not there, or hidden from the token; make it first"
  jq --null-input --arg path "${state_project##*/}" --argjson group "${group:-0}" '{name: $path, path: $path,
    namespace_id: $group, visibility: "private", description: "States of infrastructure/, and nothing else",
    builds_access_level: "disabled", container_registry_access_level: "disabled", forking_access_level: "disabled",
    issues_access_level: "disabled", merge_requests_access_level: "disabled", packages_enabled: false,
    snippets_access_level: "disabled", wiki_access_level: "disabled"}' \
    | gitlab_api POST projects --data @- >/dev/null
  log "made $state_project"
}

# cloud_delete_states: every version of every state.
cloud_delete_states() {
  local root
  confirm "This deletes the states in $state_project for ever." "$state_project"
  gitlab_open
  for root in #{ cw_iac.roots | join(' ') }#; do
    gitlab_api DELETE "$states_api/$root" >/dev/null || log "- there is no state of $root"
  done
}
