provider "linode" {}
