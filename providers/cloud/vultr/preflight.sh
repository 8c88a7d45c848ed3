if [[ -z ${DRY_RUN:-} && -z ${VULTR_API_KEY:-} ]]; then
  problem 'VULTR_API_KEY is not set; it is the API key of your Vultr account'
elif [[ -z ${DRY_RUN:-} ]]; then
  if ! vultr_api account >/dev/null 2>&1; then
    problem 'Vultr refuses VULTR_API_KEY; make a new one, and list this address under Access Control'
  elif ! vultr_api kubernetes/versions | jq -e --arg release "$VULTR_KUBERNETES_RELEASE" \
    'any(.versions[]?; . == $release)' >/dev/null; then
    log "- Vultr makes no new cluster of $VULTR_KUBERNETES_RELEASE; for one, answer vultr_kubernetes_release anew"
  fi
fi
