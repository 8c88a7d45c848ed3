  backend "gcs" {
    bucket = "#{ platform_name }#-state-#{ google_project }#"
    prefix = "#{ root }#"
  }
