[[ -n ${DRY_RUN:-} ]] || (git_secret >/dev/null) || problem 'the credential for GitHub is not there (see above)'
