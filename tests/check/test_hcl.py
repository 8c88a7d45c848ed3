"""HCL is read with the place of everything in it, and what is not HCL says where it stops being so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.hcl import place, read
from clusterwright.check.hcl_code import DEPTH, Broken, code
from clusterwright.check.hcl_modules import configuration
from clusterwright.check.repository import load
from tests.check.conftest import findings

if TYPE_CHECKING:
    from tests.check.conftest import Write


def names(text: str) -> list[str]:
    """The blocks and attributes of a file, in order of depth."""
    pending, found = [read(text.encode()).body], []
    while pending:
        block = pending.pop(0)
        found += [".".join((block.type, *block.labels)), *block.attributes]
        pending += block.blocks
    return found[1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('resource "a_b" "c" {}', ["resource.a_b.c"]),
        ('resource a_b "c" {\n  x = 1\n  y {\n    z = 2\n  }\n}\n', ["resource.a_b.c", "x", "y", "z"]),
        ("a = 1\r\nb = 2\r\n", ["a", "b"]),
        ("\ufeffa = 1", ["a"]),
        ("a = [\n  1, # }\n  2, // ]\n  /* ) */ 3,\n]\nb = 2", ["a", "b"]),
        ('a = "}"\nb = "${"}"}"\nc = "\\"}"\nd = "$${"', ["a", "b", "c", "d"]),
        ('a = <<EOT\n}\n  b = 1\nEOT\nc = <<-EOT\n  ${join(",", ["}"])}\n  EOT\nd = 1', ["a", "c", "d"]),
        ('a = { for k, v in { x = "y" } : k => v... if v != "" }', ["a"]),
        ('a = "%{ for x in ["}"] ~}${x}%{ endfor ~}"', ["a"]),
        ("a = b == c ? [1] : (\n  2\n)", ["a"]),
        ("block { a = 1 }\nblock {}", ["block", "a", "block"]),
        ("", []),
        ("# nothing", []),
    ],
)
def test_blocks_and_attributes_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_labels_attributes_and_values_have_their_places() -> None:
    hcl = read(b'# first\nmodule "net" {\n  source = "./\xc3\xa9/net" # here\n}\n')
    (block,) = hcl.body.blocks
    assert hcl.place(block.start) == (2, 1)
    assert hcl.place(block.attributes["source"].start) == (3, 3)
    assert hcl.literal(block.attributes["source"]) == "./é/net"
    assert hcl.text[block.start : block.end].endswith("}")


def test_a_computed_value_is_no_literal() -> None:
    hcl = read(b'a = "x${var.y}"\nb = var.y\nc = "$${y}"\nd = "\\"quoted\\""')
    values = [hcl.literal(hcl.body.attributes[name]) for name in "abcd"]
    assert values[:2] == [None, None]
    assert values[2:] == ["${y}", '"quoted"']


def test_comments_and_words_are_no_code() -> None:
    text = 'a = "var.x ${var.y} var.z" # var.c\nb = <<E\nvar.h ${var.i}\nE\n/* var.d\n*/\n'
    assert len(code(text)) == len(text)
    assert all(name in code(text) for name in ("var.y", "var.i"))
    assert not any(name in code(text) for name in ("var.x", "var.z", "var.c", "var.h", "var.d"))


@pytest.mark.parametrize(
    ("text", "line", "col"),
    [
        ("a = 1\nb", 2, 1),
        ("a: 1", 1, 1),
        ("a =\nb = 1", 1, 1),
        ("a = (1\nb = 2", 1, 5),
        ("a = [1}", 1, 7),
        ("a = 1)", 1, 6),
        ("}\n", 1, 1),
        ("x {\n  y {\n}\n", 1, 1),
        ('a = "x\nb = 1', 1, 5),
        ('a = "${b"', 1, 9),
        ("a = <<E\nx\n", 1, 5),
        ("a = <<E\n${x\nE\n}", 1, 5),
        ("/* x", 1, 1),
        ('output = "a" {\n}', 1, 14),
        ("a = [\n  { b = 1 }\n  { b = 2 }\n]", 3, 3),
    ],
)
def test_what_is_not_hcl_says_where(text: str, line: int, col: int) -> None:
    with pytest.raises(Broken) as caught:
        read(text.encode())
    assert place(text, caught.value.offset) == (line, col)


def test_what_is_no_text_says_so() -> None:
    with pytest.raises(Broken, match="UTF-8"):
        read(b'a = "\xff"')


def test_strings_may_nest_only_so_deep() -> None:
    nested = '"${' * (DEPTH + 1) + "1" + '}"' * (DEPTH + 1)
    with pytest.raises(Broken, match="levels deep"):
        read(f"a = {nested}".encode())
    assert names("a = " + '"${' * DEPTH + "1" + '}"' * DEPTH) == ["a"]


@given(st.text(alphabet='ab={}[]()"$%<E-\n #/*\\.,', max_size=80))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        hcl = read(text.encode())
    except Broken as broken:
        assert 0 <= broken.offset <= len(text)
        assert str(broken)
    else:
        assert len(hcl.code) == len(text)


def test_a_tofu_file_takes_the_place_of_a_tf_file(write: Write) -> None:
    root = write({"a/main.tf": 'variable "old" {}\n', "a/main.tofu": 'variable "new" {}\n'})
    module = configuration(load(str(root))).modules["a"]
    assert module.names["variable"] == {"new"}


def test_json_declares_and_uses_as_hcl_does(write: Write) -> None:
    root = write(
        {
            "variables.tf.json": '{"variable": {"name": {}}, "locals": [{"upper": "${upper(var.name)}"}]}',
            "outputs.tf": 'output "name" {\n  value = local.upper\n}\n',
        }
    )
    assert findings(root) == []


@pytest.mark.parametrize("content", [b"\0GITCRYPT\0\xff\xfe", None])
def test_nothing_is_undeclared_where_a_file_cannot_be_read(write: Write, content: bytes | None) -> None:
    root = write({"main.tf": 'output "name" {\n  value = var.name\n}\n'})
    if content is None:
        (root / "variables.tf").symlink_to("../shared/variables.tf")
    else:
        (root / "variables.tf").write_bytes(content)
    assert {one.rule for one in findings(root)} <= {"yaml-parse", "schema-missing"}


def test_a_file_that_modules_share_by_a_link_may_hold_more_than_each_uses(write: Write) -> None:
    shared = 'variable "a" {}\nvariable "b" {}\n'
    root = write(
        {"one/variables.tf": shared, "one/main.tf": 'output "x" {\n  value = [var.a, var.b]\n}\n', "two/.keep": ""}
    )
    (root / "two" / "main.tf").write_text('output "x" {\n  value = var.a\n}\n')
    (root / "two" / "variables.tf").symlink_to("../one/variables.tf")
    assert findings(root) == []


def test_an_undeclared_name_is_found_in_the_block_of_a_provider(write: Write) -> None:
    block = 'provider "aws" {\n  region = local.region\n}\n'
    required = 'terraform {\n  required_providers {\n    aws = {\n      version = "~> 6.0"\n    }\n  }\n}\n'
    (one,) = findings(write({"main.tf": required + block}))
    assert (one.rule, one.line, one.col) == ("tf-undeclared", 9, 12)


def test_blocks_nest_as_deep_as_people_write_them(write: Write) -> None:
    nested = "a {\n" * 199 + "}\n" * 199
    assert findings(write({"main.tf": nested})) == []
