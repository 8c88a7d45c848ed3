#% from '_shared/quote.jinja' import hcl %#
resource "aws_s3_bucket" "#{ bucket.resource }#" {
  bucket = #{ hcl(bucket.name) }#
#% if bucket.states %#

  lifecycle {
    prevent_destroy = true
  }
#% endif %#
}

resource "aws_s3_bucket_versioning" "#{ bucket.resource }#" {
  bucket = aws_s3_bucket.#{ bucket.resource }#.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "#{ bucket.resource }#" {
  bucket = aws_s3_bucket.#{ bucket.resource }#.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.#{ bucket.resource }#.arn
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "#{ bucket.resource }#" {
  bucket = aws_s3_bucket.#{ bucket.resource }#.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "#{ bucket.resource }#" {
  bucket                  = aws_s3_bucket.#{ bucket.resource }#.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

#% if bucket.states %#
# Old versions are the way back from a state that was damaged; the twenty newest are always kept.
#% else %#
# Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
#% endif %#
resource "aws_s3_bucket_lifecycle_configuration" "#{ bucket.resource }#" {
  bucket = aws_s3_bucket.#{ bucket.resource }#.id

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
#% if bucket.states %#
      noncurrent_days           = 90
      newer_noncurrent_versions = 20
#% else %#
      noncurrent_days = 30
#% endif %#
    }

    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.#{ bucket.resource }#]
}

resource "aws_s3_bucket_policy" "#{ bucket.resource }#" {
  bucket = aws_s3_bucket.#{ bucket.resource }#.id
  policy = data.aws_iam_policy_document.#{ bucket.document }#.json

  depends_on = [aws_s3_bucket_public_access_block.#{ bucket.resource }#]
}

data "aws_iam_policy_document" "#{ bucket.document }#" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.#{ bucket.resource }#.arn, "${aws_s3_bucket.#{ bucket.resource }#.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
#% if bucket.states %#

  statement {
    sid       = "RecentTlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.#{ bucket.resource }#.arn, "${aws_s3_bucket.#{ bucket.resource }#.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }

  # A writer may leave the encryption to the bucket, but not ask for a weaker one.
  statement {
    sid       = "KmsOnly"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.#{ bucket.resource }#.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringNotEqualsIfExists"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["aws:kms"]
    }
  }
#% endif %#
}
