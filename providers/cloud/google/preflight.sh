tool gcloud 500.0.0 https://cloud.google.com/sdk/docs/install gcloud version
tool gke-gcloud-auth-plugin 'any version' 'gcloud components install gke-gcloud-auth-plugin'
project=$(gcloud projects describe "$GOOGLE_PROJECT" --format 'value(projectId)' 2>/dev/null) || project=none
[[ -n ${DRY_RUN:-} || $project == "$GOOGLE_PROJECT" ]] \
  || problem "gcloud cannot see the project $GOOGLE_PROJECT; run: gcloud auth login"
gcloud auth application-default print-access-token >/dev/null 2>&1 \
  || problem "$IAC_COMMAND cannot sign in to Google Cloud; run: gcloud auth application-default login"
# Nobody can delete a key ring. Where its states are gone, it is left over from an earlier platform.
if [[ -z ${DRY_RUN:-} && ! -e $home/state-root/terraform.tfstate ]] && ! cloud_has_state \
  && gcloud kms keyrings describe "$GOOGLE_KEY_RING" --location "$GOOGLE_REGION" >/dev/null 2>&1; then
  problem "the key ring $GOOGLE_KEY_RING is an earlier platform's; answer google_key_ring anew"
fi
