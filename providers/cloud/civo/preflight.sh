if [[ -z ${DRY_RUN:-} && -z ${CIVO_TOKEN:-} ]]; then
  problem 'CIVO_TOKEN is not set; it is the API key of your Civo account'
elif ! civo_api quota >/dev/null 2>&1; then
  problem 'Civo refuses CIVO_TOKEN; make a new API key'
fi
