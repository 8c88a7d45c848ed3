seal "static" {
  current_key_id = "platform-1"
  current_key    = "file:///#{ secrets_engine }#/seal/key"
}
