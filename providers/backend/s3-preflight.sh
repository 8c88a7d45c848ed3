tool aws 2.22.0 https://docs.aws.amazon.com/cli/ aws --version
#% if cw_cloud.cluster != 'made' %#
for name in AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; do
  [[ -n ${DRY_RUN:-} || -n ${!name:-} ]] || problem "$name is not set; it is the key of the bucket that holds the states"
done
#% endif %#
