"""Faults in OpenTofu, Atlantis and pipelines."""

from __future__ import annotations

from tests.check.planted.planting import add, edit, everywhere

ROOTS = "infrastructure/*"
WORKFLOW = ".github/workflows/check.yaml"
_JOB = "on: push\npermissions: {}\njobs:\n  planted:\n    runs-on: ubuntu-24.04\n    steps:\n"
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
_CLAIM = """apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: planted
  namespace: atlantis
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: §general-purposes
  resources:
    requests:
      storage: 1Gi
"""
_GCS = """terraform {
  backend "gcs" {
    bucket = "planted"
    prefix = "state"
  }
}
"""
_EKS = '§resource "aws_eks_cluster" "planted" {}\n'
_CLASS = """apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: general-purpose
provisioner: ebs.csi.aws.com
"""

PLANTERS = (
    edit("hcl-parse", f"{ROOTS}/outputs.tf", r'^output "', r'output = "'),
    edit("hcl-parse", f"{ROOTS}.tf", r"^(  \w+ += )\S.*[^\[({]$", r"\1"),
    edit("hcl-parse", f"{ROOTS}.tf", r'^(  \w+ += ".*)"$', r"\1"),
    edit("hcl-parse", f"{ROOTS}.tf", r"^\}\n\Z", r"}\n§}\n"),
    edit("hcl-parse", f"{ROOTS}.tf", r"^(terraform|provider|locals|output|resource)\b([^{]*\{)\n", r"\1\2\n§{\n"),
    edit("hcl-parse", f"{ROOTS}.tf.json", r'^(  "terraform": \{)$', r"\1,"),
    edit("hcl-parse", f"{ROOTS}/backend.tf", r"^    (bucket|key|region)( += .*)$", r"    \1\2\n    §\1\2"),
    edit("tf-duplicate", f"{ROOTS}.tf", r'^((?:resource|data|output|variable) "[^\n]*) \{$', r"\1 {}\n§\1 {"),
    edit("tf-duplicate", f"{ROOTS}/locals.tf", r"^locals \{\n(  (\w+) +=)", r'locals {\n  \2 = ""\n}\nlocals {\n§\1'),
    edit("tf-undeclared", f"{ROOTS}.tf", r"^([^#\n]*\blocal\.\w+)", r"\1_planted"),
    edit(
        "tf-undeclared",
        f"{ROOTS}.tf",
        r"^([^#\n]*\b(?:aws|vault|github)_\w+\.\w+)(?=\.(?:id|name|arn|path)\b)",
        r"\1_planted",
    ),
    edit("tf-undeclared", f"{ROOTS}.tf", r"^([^#\n]*\bdata\.\w+\.\w+)", r"\1_planted"),
    edit("tf-unused", f"{ROOTS}/locals.tf", r"^locals \{$", r'locals {\n  §planted = "nobody asks"'),
    edit("tf-unused", f"{ROOTS}/outputs.tf", r"\A", r'variable "planted" {\n  type = string\n}\n\n'),
    edit(
        "tf-module-source",
        f"{ROOTS}/providers.tf",
        r"\Z",
        r'\nmodule "planted" {\n  §source = "../modules/planted"\n}\n',
    ),
    edit(
        "tf-module-pinned",
        f"{ROOTS}/providers.tf",
        r"\Z",
        r'\nmodule "planted" {\n  §source = "git::https://git.example.com/planted.git?ref=main"\n}\n',
    ),
    edit(
        "tf-module-pinned",
        f"{ROOTS}/outputs.tf",
        r"\Z",
        r'\nmodule "planted" {\n  §source = "platform/planted/aws"\n}\n',
    ),
    edit(
        "tf-provider-version",
        f"{ROOTS}/versions.tf",
        r"^    (\w+ = \{\n      source .*)\n      version .*$",
        r"    §\1",
    ),
    edit("tf-provider-version", f"{ROOTS}/outputs.tf", r"\Z", r'\n§resource "planted_thing" "planted" {}\n'),
    edit("tf-backend-unique", "infrastructure/[d-z]*/backend.tf", r'"[a-z]+\.tfstate"', r'"cloud.tfstate"'),
    add(
        "tf-backend-unique",
        "infrastructure/zz/main.tf",
        _GCS.replace("prefix", "§prefix"),
        beside={"infrastructure/yy/main.tf": _GCS},
    ),
    edit("atlantis-directory", "atlantis.yaml", r"dir: (infrastructure/\w+)", r"dir: \1x"),
    edit(
        "atlantis-root",
        "atlantis.yaml",
        r"^  - name: state\n(?:    .*\n)+",
        r"",
        "infrastructure/state/backend.tf:backend",
    ),
    edit(
        "atlantis-root",
        "atlantis.yaml",
        r"^  - name: users\n(?:    .*\n)+",
        r"",
        "infrastructure/users/backend.tf:backend",
    ),
    edit("atlantis-restricted", "atlantis.yaml", r"^    dir: (.*)$", r"    dir: \1\n    §apply_requirements: []"),
    edit("atlantis-restricted", "atlantis.yaml", r"^    dir: (.*)$", r"    §workflow: planted\n    dir: \1"),
    edit("atlantis-restricted", "atlantis.yaml", r"^version: 3$", r"version: 3\n§workflows: {}"),
    edit("workflow-permissions", WORKFLOW, r"^permissions: \{\}$", r"permissions: write-all"),
    edit("workflow-permissions", WORKFLOW, r"^    permissions:\n      contents: read$", r"    permissions: write-all"),
    add(
        "workflow-permissions",
        ".github/workflows/planted.yaml",
        _JOB.replace("permissions: {}\n", "§") + "      - run: 'true'\n",
    ),
    add(
        "workflow-injection",
        ".github/workflows/planted.yaml",
        *(
            f'{_JOB}      - §run: echo "${{{{ {text} }}}}"\n'
            for text in (
                "github.event.issue.title",
                "github.event.comment.body",
                "github.head_ref",
                "github.event.head_commit.message",
                "github.event.pull_request.head.label",
                "github.event.commits[1].author.name",
                "github.event.review.body",
            )
        ),
    ),
    add(
        "workflow-target",
        ".github/workflows/planted.yaml",
        *(
            f"{_JOB.replace('push', event)}      - uses: {_CHECKOUT}\n        with:\n          §ref: ${{{{ {ref} }}}}\n"
            for event, ref in (
                ("pull_request_target", "github.event.pull_request.head.sha"),
                ("pull_request_target", "github.head_ref"),
                ("workflow_run", "github.event.workflow_run.head_branch"),
            )
        ),
    ),
    edit("action-branch", WORKFLOW, r"(uses: \S+)@[0-9a-f]{40}.*$", r"\1@main"),
    edit("action-branch", WORKFLOW, r"(uses: \S+)@[0-9a-f]{40}.*$", r"\1"),
    edit("action-tag", WORKFLOW, r"(uses: \S+)@[0-9a-f]{40} # (.*)$", r"\1@\2"),
    add("action-tag", ".gitea/workflows/planted.yaml", f"{_JOB}      - §uses: docker://alpine:3\n"),
    add(
        "gitlab-include",
        ".gitlab-ci.yml",
        "include:\n  - §project: a/b\n    file: /c.yml\n",
        "include:\n  - §project: a/b\n    ref: main\n    file: /c.yml\n",
        "include:\n  - §component: example.com/a/b@main\n",
        "include:\n  - §remote: https://example.com/c.yml\n",
    ),
    everywhere(
        "storage-driver", r"(?i)csi|storage_config|compute_config", "planted", f"{ROOTS[:-1]}cloud/eks.tf", _EKS
    ),
    add(
        "storage-class",
        "platform/atlantis/manifests/planted.yaml",
        _CLAIM,
        beside={"platform/atlantis/manifests/class.yaml": _CLASS},
    ),
)
