terraform {
  required_providers {
    github = {
      source  = "integrations/github"
      version = "6.12.0"
    }
  }
}
