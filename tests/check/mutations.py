"""Edits of files at random, as a hypothesis strategy: what an editor or a merge leaves behind, and worse."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

WHOLE = 1_000_000
"""Places are given as parts of this, so that they fit texts of any length."""
VALUES = (
    b"", b"~", b"{}", b"[]", b"''", b"0", b"-1", b"1.5", b"1e999", b"9" * 400, b"0x" + b"f" * 40, b"yes", b"2026-01-01",
    b"&a [*a]", b"&a {b: *a}", b"*a", b"&a &b c", b"!!binary x", b"!!python/name:os.system", b"!x {a: 1}", b"<<",
    b"{<<: [{a: 1}, 2]}", b"{? {a: 1} : 2}", b"[a, {b: [c]}]", b"{a: {b: {c: d}}}", b"|+\n  x\n", b">\n x\n\n  y\n",
    b"'${{ a.b }}'", b"{{ .x }}", b"${x}", b"${", b"%{ if x }", b"%{ endif }", b"<<EOT\nx\nEOT\n", b"<<-EOT\n", b"/*",
    b'"${"${"${x}"}"}"', b"[for a in b : c]", b'{"a": 1}', b"*/15 * * * *", b"(?=x)(", b"[", b"**/*", b"../../..",
    b"/etc/passwd", b"file:///x", b"https://[::1", b"git@:x", b"a" * 5_000,
    "é雪\u2028\ufeff".encode(), b"\0", b"\xff\xfe", b"\r", b"\t", b"1Gi", b"1m", b"in-cluster", b"*", b"!*", b"default",
)  # fmt: skip
TOKENS = (
    *VALUES, b"\n---\n", b"\n...\n", b"- ", b"- - - ", b"? ", b": ", b"  ", b"{", b"}", b"]", b'"', b"'", b"#", b"\\",
    b"%YAML 9.9\n", b"a:\n", b"- a\n", b"}\n", b'x "y" {\n', b"x = y\n", b"# clusterwright: ignore[",
    b"# clusterwright: ignore[schema] x\n", b"\xef\xbb\xbf", b"\0GITCRYPT\0", b"sops:\n  mac: x\n", b"$patch: delete\n",
)  # fmt: skip


class Edit(NamedTuple):
    """One edit: `kind` is what it does, from `start` for `length` bytes, with `token` and so many `times`."""

    kind: str
    start: int
    length: int
    token: bytes
    times: int

    def apply(self, text: bytes) -> bytes:
        """The text after the edit."""
        start = len(text) * self.start // WHOLE
        end = min(start + self.length, len(text))
        before, middle, after = text[:start], text[start:end], text[end:]
        match self.kind:
            case "cut":
                return before
            case "value":
                return _with_value(text, start, self.token)
            case "insert":
                middle = self.token * self.times + middle
            case "replace":
                middle = self.token
            case "repeat":
                middle *= self.times
            case "indent":
                middle = middle.replace(b"\n", b"\n" + b" " * self.times)
            case _:
                middle = bytes(byte ^ self.times for byte in middle)
        return before + middle + after


def _with_value(text: bytes, start: int, value: bytes) -> bytes:
    """The text with another value for the first key from an offset on."""
    line = text.rfind(b"\n", 0, start) + 1
    signs = [at for at in (text.find(sign, line) for sign in (b": ", b"= ")) if at >= 0]
    if not signs:
        return text + value
    end = text.find(b"\n", min(signs))
    return text[: min(signs) + 2] + value + (text[end:] if end >= 0 else b"")


EDITS = st.lists(
    st.builds(
        Edit,
        kind=st.sampled_from(("value", "value", "value", "insert", "replace", "cut", "repeat", "indent", "flip")),
        start=st.integers(0, WHOLE),
        length=st.sampled_from((1, 1, 2, 8, 40, 200, 2_000)),
        token=st.sampled_from(TOKENS) | st.binary(max_size=8),
        times=st.sampled_from((1, 2, 3, 7, 250)),
    ),
    min_size=1,
    max_size=4,
)


def mutated(text: bytes, edits: list[Edit]) -> bytes:
    """A text after some edits, one after the other."""
    for edit in edits:
        text = edit.apply(text)
    return text
