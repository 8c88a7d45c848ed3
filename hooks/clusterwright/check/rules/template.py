"""Rules on what a template may leave behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.model import Problem, place_at, text
from clusterwright.check.words import holding, matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_RESIDUE = (
    rb"#\{ [^\n]*?\}#"
    rb"|#%[-+]? ?(?:if|elif|else|endif|for|endfor|set|endset|from|import|include|macro|endmacro|yield|endyield)\b[^\n]*"
    rb"|#\| [^\n]*?\|#"
    rb"|\{\{-? ?cookiecutter\.[^\n]*?\}\}"
)
TOKEN = re.compile(r"<[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*>")
"""What waits for a value."""
_WORD = re.compile(r"(?:TODO|FIXME|TBD)\b.*|(?:CHANGE|REPLACE)[_-]?ME|(?:change|replace)[_-]?me")
_WRITTEN = re.compile(TOKEN.pattern.encode())
_WORDS = (
    b"TODO", b"FIXME", b"TBD", b"CHANGEME", b"CHANGE-ME", b"CHANGE_ME", b"REPLACEME", b"REPLACE-ME", b"REPLACE_ME",
    b"changeme", b"change-me", b"change_me", b"replaceme", b"replace-me", b"replace_me",
)  # fmt: skip
"""What `_WORD` begins with."""
_PLAIN = re.compile(rb"(?:=|\")\s*(<[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*>|CHANGE_?ME)\s*(?:\"|$)", re.MULTILINE)
_PLAIN_ENDINGS = (".tf", ".tfvars", ".hcl", ".env", ".toml", ".ini", ".properties")


def residue(repository: Repository) -> Iterator[Problem]:
    """Each piece of this template's syntax, or of Cookiecutter's, in a file of any kind."""
    for file in holding(repository, b"#{ ", b"#%", b"#| ", b"cookiecutter"):
        for match in re.finditer(_RESIDUE, file.text):
            found = match[0][:60].decode("utf-8", "replace").strip()
            message = f"template syntax is left over: {found}; report it, or write what it stands for"
            yield Problem(file, place_at(file.text, match.start()), message)


def placeholders(repository: Repository) -> Iterator[Problem]:
    """Each value that says that somebody has to fill it in."""
    suspects = dict.fromkeys((*holding(repository, *_WORDS), *matching(repository, _WRITTEN)))
    for document in [one for file in suspects for one in repository.documents_of.get(file.path, ())]:
        if text(document.data, "kind") == "CustomResourceDefinition":
            continue  # its texts are prose
        for where, value in _values(document.data, ()):
            match = TOKEN.search(value) or _WORD.fullmatch(value.strip())
            if match:
                yield Problem(document, where, f"placeholder {match[0][:60]!r} is left over: put the real value here")
    for file in suspects:
        if file.path.endswith(_PLAIN_ENDINGS):
            for plain in _PLAIN.finditer(file.text):
                found = plain[1].decode("ascii")
                message = f"placeholder {found!r} is left over: put the real value here"
                yield Problem(file, place_at(file.text, plain.start(1)), message)


def _values(data: object, where: Where) -> Iterator[tuple[Where, str]]:
    """Every text of one line below a value: longer ones are scripts and prose, where such words are at home."""
    if isinstance(data, str):
        if "\n" not in data.rstrip("\n"):
            yield where, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, (*where, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _values(value, (*where, index))
