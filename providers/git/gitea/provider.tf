# GITEA_BASE_URL and GITEA_TOKEN say where and as whom.
provider "gitea" {}
