# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Encrypts the bucket, and every state and plan itself. Without this key no state can be read again.
resource "aws_kms_key" "state" {
  description             = "States of ${local.name}"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "state" {
  name          = "alias/${local.name}"
  target_key_id = aws_kms_key.state.key_id
}

# IAM alone decides who may use the key; no principal is written down here.
data "aws_iam_policy_document" "key" {
  statement {
    sid       = "IamDecides"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${local.account_id}:root"]
    }
  }
}

data "aws_partition" "current" {}
