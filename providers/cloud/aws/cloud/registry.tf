# Images of the applications. A tag never moves, every push is scanned, and what lost its tag goes after two weeks. More
# repositories below ${local.name}/ come in local_registry.tf.
resource "aws_ecr_repository" "apps" {
  name                 = "${local.name}/apps"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "apps" {
  repository = aws_ecr_repository.apps.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "What lost its tag goes after two weeks"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
    ]
  })
}

output "image_repository" {
  description = "Where images of applications are pushed to; every node may pull from it."
  value       = aws_ecr_repository.apps.repository_url
}
