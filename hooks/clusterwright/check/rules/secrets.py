"""Rules on secrets: none is in the repository to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.model import Problem, mapping, place_at, sequence, text
from clusterwright.check.words import holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document, File, Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_REFERENCES = re.compile(
    r"(?:|<[^>]*>|\$\{?[\w.:-]+\}?|\$\([^)]*\)|\{\{.*\}\}|vault:.*|ref\+\w+:.*|"
    r"\$?ENC\[.*|\$argocd:.*|op://.*|(?:x|\*|\.)+)",
    re.DOTALL,
)
_WORDS = re.compile(
    r"(?i)(?:change|replace)[-_ ]?(?:me|this|it)\W*|todo|tbd|fixme|none|null|redacted|dummy|placeholder|"
    r"example|(?:your|my|the|some|example|dummy|fake|insert|put|enter|<)[-_ ].*|.*placeholder.*|"
    r".*example\.(?:com|org)\S*"
)
_ARGO_CD = "argocd.argoproj.io/secret-type"
_OPEN_KEYS = frozenset(
    (
        "ca.crt", "clusterResources", "database", "dbname", "depth", "email", "enableLfs", "enableOCI",
        "forceHttpBasicAuth", "githubAppEnterpriseBaseUrl", "githubAppID", "githubAppInstallationID", "insecure",
        "insecureIgnoreHostKey", "insecureOCIForceHttp", "name", "namespace", "namespaces", "noProxy", "port",
        "project", "proxy", "region", "server", "tls.crt", "type", "useAzureWorkloadIdentity", "user",
    )
)  # fmt: skip
"""Keys that say where something is and who asks, not the secret itself; so do those with one of these endings."""
_OPEN_ENDINGS = re.compile(r"(?i).*(?:user[-_]?name(?:_in)?|account[-_]?name|host(?:name)?|address|endpoint|bucket)")
_OPEN_URL = re.compile(r"https?://[^@?]*|(?:git|ssh)@[^:]+:\S+|oci://\S+")
_TOKENS = {
    "an AWS access key": ((b"AKIA", b"ASIA"), rb"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    "a GitHub token": ((b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"), rb"gh[pousr]_[A-Za-z0-9]{36,}\b"),
    "a GitHub access token": ((b"github_pat_",), rb"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    "a GitLab token": ((b"glpat-",), rb"\bglpat-[A-Za-z0-9_-]{20,}"),
    "a Slack token": ((b"xox",), rb"\bxox[abeoprs]-[0-9A-Za-z-]{20,}"),
    "a Slack webhook": ((b"hooks.slack.com/services/",), rb"hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{24}"),
    "a private key": ((b"PRIVATE KEY-----",), rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/=]{40}"),
    "a JSON Web Token": ((b"eyJ",), rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}"),
    "a Vault token": ((b"hvs.",), rb"\bhvs\.[A-Za-z0-9_-]{24,}"),
    "a Google API key": ((b"AIza",), rb"\bAIza[0-9A-Za-z_-]{35}\b"),
    "a Stripe key": ((b"_live_",), rb"\b[rs]k_live_[0-9A-Za-z]{24,}"),
    "a DigitalOcean token": ((b"dop_v1_",), rb"\bdop_v1_[0-9a-f]{64}\b"),
    "an npm token": ((b"npm_",), rb"\bnpm_[A-Za-z0-9]{36}\b"),
}
"""The forms of credentials, and the words of which one is in each: forms are compiled where such a word is."""
_VARIED = 8
"""A real token has at least so many different characters; `ghp_xxxx` and `AKIA1111` have fewer."""


def plain(repository: Repository) -> Iterator[Problem]:
    """Each value in a Secret that anybody who reads the repository can read."""
    for resource in repository.by_kind.get(("", "Secret"), []):
        for field in ("data", "stringData"):
            for key, value in mapping(resource.data, field).items():
                if isinstance(value, str) and _is_secret(resource, key, _decoded(value) if field == "data" else value):
                    yield _readable(resource.document, resource.at(field, key), f"Secret {resource.name}: {key}")
    for documents in repository.kustomizations.values():
        for document in documents:
            yield from _generated(document)


def _generated(document: Document) -> Iterator[Problem]:
    """The values that a kustomization makes Secrets of."""
    for index, one in enumerate(sequence(document.data, "secretGenerator")):
        for number, literal in enumerate(sequence(one, "literals")):
            key, _, value = str(literal).partition("=")
            if _is_value(key, value):
                where = ("secretGenerator", index, "literals", number)
                yield _readable(document, where, f"secretGenerator {text(one, 'name')}: {key}")


def _readable(document: Document, where: Where, what: str) -> Problem:
    fix = "keep it in the store, and bring it with an ExternalSecret or encrypted; then change it"
    return Problem(document, where, f"{what} can be read here: {fix}")


def _is_secret(resource: Resource, key: str, value: str) -> bool:
    labels = mapping(resource.metadata, "labels")
    if _ARGO_CD in labels and key == "config":
        return bool(re.search(r'"(?:bearerToken|password|keyData)"\s*:\s*"[^"<$]', value))
    return _is_value(key, value)


def _is_value(key: str, value: str) -> bool:
    if key in _OPEN_KEYS or _OPEN_ENDINGS.fullmatch(key):
        return False
    bare = value.strip()
    if key.lower().endswith("url") and _OPEN_URL.fullmatch(bare):
        return False
    return not (_REFERENCES.fullmatch(bare) or _WORDS.fullmatch(bare) or bare.lower() in {"true", "false"})


def _decoded(value: str) -> str:
    """What a value of `data` stands for; as it is written if it is not base64."""
    from base64 import b64decode

    try:
        return b64decode(value, validate=False).decode("utf-8", "replace")
    except ValueError:
        return value


def tokens(repository: Repository) -> Iterator[Problem]:
    """Each text with the form of a credential, in a file of any kind; only its beginning is said."""
    for what, (marks, form) in _TOKENS.items():
        for file in holding(repository, *marks):
            yield from _in_file(file, what, re.compile(form))


def is_credential(written: str) -> bool:
    """Whether a text holds something with the form of a credential."""
    data = written.encode("utf-8", "surrogateescape")
    return any(re.search(form, data) for marks, form in _TOKENS.values() if any(mark in data for mark in marks))


def _in_file(file: File, what: str, form: re.Pattern[bytes]) -> Iterator[Problem]:
    for match in form.finditer(file.text):
        found = match[0]
        if b"EXAMPLE" not in found and len(set(found[8:])) >= _VARIED:
            shown = "" if found.startswith(b"-") else f", {found[:8].decode('ascii', 'replace')}..."
            message = f"{what}{shown}: take it out of the repository and its history, and replace it"
            yield Problem(file, place_at(file.text, match.start()), message)
