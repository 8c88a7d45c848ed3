[[ -n ${DRY_RUN:-} ]] || (github_secret >/dev/null) || problem 'the credential for GitHub is not there (see above)'
