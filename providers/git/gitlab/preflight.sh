if [[ -z ${DRY_RUN:-} ]]; then
  if ! (git_secret >/dev/null); then
    problem 'the credential for GitLab is not there (see above)'
  else
    found=$(gitlab_problem)
    [[ -z $found ]] || problem "$found"
  fi
fi
