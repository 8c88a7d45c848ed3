"""The forms of names that Kubernetes asks for, as RFC 1123 and RFC 1035 have them."""

from __future__ import annotations

import re
from functools import cache

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = re.compile(rf"{_LABEL.pattern}(\.{_LABEL.pattern})*")
_QUALIFIED = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_PORT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 63


def label_fault(name: str, longest: int = _LONGEST) -> str:
    """Why a name is no RFC 1123 label; empty if it is one."""
    if len(name) > longest:
        return f"has {len(name)} characters: shorten it to {longest}"
    return "" if _LABEL.fullmatch(name) else "use a-z, 0-9 and `-`, with a letter or digit at both ends"


def label_1035_fault(name: str) -> str:
    """Why a name is no RFC 1035 label, which begins with a letter; empty if it is one."""
    fault = label_fault(name)
    return fault or ("" if _LABEL_1035.fullmatch(name) else "begin with a letter")


def port_name_fault(name: str) -> str:
    """Why a name is none for a port (an IANA service name); empty if it is one."""
    if len(name) > 15:
        return f"has {len(name)} characters: shorten it to 15"
    good = _PORT.fullmatch(name) and not name.isdecimal()
    return "" if good else "use a-z, 0-9 and single `-` between them, with at least one letter"


@cache
def key_fault(key: str) -> str:
    """Why a text is no key of a label or annotation; empty if it is one."""
    prefix, slash, name = key.rpartition("/")
    if slash and (len(prefix) > 253 or not _SUBDOMAIN.fullmatch(prefix)):
        return "write what is before `/` as a domain in lower case"
    return _qualified_fault(name)


@cache
def value_fault(value: str) -> str:
    """Why a text is no value of a label; empty if it is one."""
    return _qualified_fault(value) if value else ""


def _qualified_fault(name: str) -> str:
    if len(name) > _LONGEST:
        return f"has {len(name)} characters: shorten it to {_LONGEST}"
    if _QUALIFIED.fullmatch(name):
        return ""
    return "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends"
