# Signs in with DIGITALOCEAN_ACCESS_TOKEN, and to Spaces with SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY.
provider "digitalocean" {}
