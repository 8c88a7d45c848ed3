tool doctl 1.110.0 https://docs.digitalocean.com/reference/doctl/how-to/install/ doctl version
for name in DIGITALOCEAN_ACCESS_TOKEN SPACES_ACCESS_KEY_ID SPACES_SECRET_ACCESS_KEY; do
  [[ -n ${DRY_RUN:-} || -n ${!name:-} ]] || problem "$name is not set; infrastructure/README.md says what it may do"
done
[[ -n ${DRY_RUN:-} ]] || doctl account get >/dev/null 2>&1 \
  || problem 'DigitalOcean refuses DIGITALOCEAN_ACCESS_TOKEN; make a new token'
