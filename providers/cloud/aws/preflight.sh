tool aws 2.15.0 https://docs.aws.amazon.com/cli/ aws --version
account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null) || account=none
[[ -n ${DRY_RUN:-} || $account == "$AWS_ACCOUNT_ID" ]] \
  || problem "these AWS credentials are for account $account, and this platform lives in $AWS_ACCOUNT_ID; sign in there"
