"""What one line of plain block YAML says, by itself: most lines of a repository are met again and again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.check.scalars import Scalars

Line = tuple[int, int, str | None, Any, "Rare | None"]
"""The level of a line, that of the mapping which begins behind its dash (0: none does), its key, its value, and what is
unusual about the value.

A mapping's level is twice the column of its keys. A sequence's is one more than twice that of its dashes, so that it is
inside a mapping whose keys stand in the same column.
"""

_LONGEST = 96
_MOST = 50_000
"""Lines that are longer are hardly met again; and no more than so many are remembered."""
_MEMO_LENGTH = 64
_KEY = re.compile(r"([A-Za-z0-9_./][\w./-]{0,127}+|\"[^\"\\<]{0,127}+\"|'[^'<]{0,127}+'):(?:[ ]|\Z)")
_SIMPLE = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./=@+-]*+")
"""What most values are, and no more than a word."""
_WORD = r"(?:[^\s:#]|:(?=\S))(?:[^\s:]|:(?=\S))*+"
_VALUE = re.compile(
    rf"(?:((?![?:,\[\]{{}}#&*!|>'\"%@`]|-(?:[ ]|$)){_WORD}(?:[ ]++(?!\#){_WORD})*+)"
    r"|\"([^\"\\]*+)\"|'((?:[^']|'')*+)'|(\{[ ]*+\}|\[[^\[\]#]*+\]))?[ ]*+(?:(?<![^ ])#.*+)?+"
)
_ITEM = r"(?:-{0,2}[A-Za-z0-9_./][\w./=-]*+|\"[^\"\\]*+\"|'[^']*+')"
_ITEMS = re.compile(_ITEM)
_SEQUENCE = re.compile(rf"\[[ ]*+(?:{_ITEM}[ ]*+(?:,[ ]*+{_ITEM}[ ]*+)*+)?\]")
_ANCHOR = re.compile(r"([&*])(\w[\w-]*+)(?:[ ]++([^&*].*))?")
_BLOCKS = frozenset(("|", "|-", "|+", ">", ">-", ">+"))


class Unusual(Exception):
    """Something that is left to libyaml."""


@dataclass(frozen=True, eq=False, slots=True)
class Rare:
    """What is not simply a key or a dash with a scalar.

    Attributes:
        kind: `blank`, a `document`'s beginning, `nothing` behind a key, an empty `collection` or a short sequence, a
            `block` of text, an `anchor`, an `alias`.
        make: makes a collection, anew each time.
        name: that of an anchor or alias, or a block's header.
        empty: an anchor has no scalar behind it.
    """

    kind: str
    make: Callable[[], object] = dict
    name: str = ""
    empty: bool = False


BLANK, DOCUMENT, NOTHING = Rare("blank"), Rare("document"), Rare("nothing")


class Lines(dict[str, Line]):
    """Lines by how they are written; one that is not known yet is understood when it is looked up.

    Args:
        scalars: how plain scalars are typed.

    Raises:
        Unusual: a line that is looked up is more than this module understands.
    """

    def __init__(self, scalars: Scalars) -> None:
        super().__init__({"": (-1, 0, None, None, BLANK), "---": (-1, 0, None, None, DOCUMENT)})
        self._scalars = scalars
        self._keys: dict[str, str] = {}
        self._values: dict[str, tuple[Any, Rare | None]] = {"": (None, NOTHING)}

    def __missing__(self, written: str) -> Line:
        line = self._understood(written)
        if len(written) < _LONGEST and len(self) < _MOST:
            self[written] = line
        return line

    def _understood(self, written: str) -> Line:
        bare = written.lstrip(" ")
        level, item = 2 * (len(written) - len(bare)), 0
        if not bare or bare[0] == "#":
            return self[""]
        if bare.startswith("- "):
            inner = bare[2:].lstrip(" ")
            level, item, bare = level + 1, level + 2 * (len(bare) - len(inner)), inner
        key, value, rare = self._entry(bare)
        if key is None and (not item or rare is NOTHING):
            raise Unusual
        return level, 0 if key is None else item, key, value, rare

    def _entry(self, written: str) -> tuple[str | None, Any, Rare | None]:
        """The key, if there is one, and the value."""
        name, colon, rest = written.partition(":")
        if not colon or name not in self._keys or (rest and rest[0] != " "):
            match = _KEY.match(written)
            if match is None:
                return None, *self._value(written)
            name, rest = match[1], written[match.end() :]
        return self._key(name), *self._value(rest.lstrip(" "))

    def _key(self, written: str) -> str:
        known = self._keys.get(written)
        if known is None:
            text = written[1:-1] if written[0] in "\"'" else self._scalars[written]
            if not isinstance(text, str):
                raise Unusual
            known = self._keys[written] = text
        return known

    def _value(self, written: str) -> tuple[Any, Rare | None]:
        """What stands behind a key or a dash."""
        known = self._values.get(written)
        if known is None:
            if _SIMPLE.fullmatch(written):
                known = self._scalars[written], None
            else:
                match = _VALUE.fullmatch(written)
                known = self._meant(*match.groups()) if match else self._rare(written)
            if len(written) < _MEMO_LENGTH and len(self._values) < _MOST:
                self._values[written] = known
        return known

    def _meant(
        self, plain: str | None, double: str | None, single: str | None, collection: str | None
    ) -> tuple[Any, Rare | None]:
        if collection:
            return None, Rare("collection", dict if collection[0] == "{" else self._sequence(collection))
        if plain is not None:
            return self._scalars[plain], None
        if single is not None:
            return single.replace("''", "'"), None
        return (None, NOTHING) if double is None else (double, None)

    def _sequence(self, written: str) -> Callable[[], object]:
        """Makes a list of scalars."""
        if not _SEQUENCE.fullmatch(written):
            raise Unusual
        items = _ITEMS.findall(written)
        return [item[1:-1] if item[0] in "\"'" else self._scalars[item] for item in items].copy

    def _rare(self, written: str) -> tuple[Any, Rare]:
        """A block of text, or a value that is given a name, or named."""
        if written in _BLOCKS:
            return None, Rare("block", name=written)
        match = _ANCHOR.fullmatch(written)
        if match is None:
            raise Unusual
        sign, name, rest = match.groups()
        if sign == "*":
            if rest:
                raise Unusual
            return None, Rare("alias", name=name)
        value, rare = self._value(rest or "")
        if rare is not None and rare is not NOTHING:
            raise Unusual
        return value, Rare("anchor", name=name, empty=rare is NOTHING)
