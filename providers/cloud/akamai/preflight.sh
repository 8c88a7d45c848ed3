for name in LINODE_TOKEN LINODE_OBJ_ACCESS_KEY LINODE_OBJ_SECRET_KEY; do
  [[ -n ${DRY_RUN:-} || -n ${!name:-} ]] || problem "$name is not set; infrastructure/README.md says what it may do"
done
[[ -n ${DRY_RUN:-} ]] || printf 'header = "Authorization: Bearer %s"\n' "${LINODE_TOKEN:-}" \
  | curl --silent --fail --config - https://api.linode.com/v4/lke/clusters >/dev/null \
  || problem 'Akamai refuses LINODE_TOKEN; make a new token'
