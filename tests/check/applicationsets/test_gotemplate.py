"""Go templates as Argo CD runs them: each case is what Go's text/template with Sprig gives for it."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwright.check.applicationsets.gotemplate import render
from clusterwright.check.applicationsets.values import Refused, Unknown

PARAMS: dict[str, Any] = {
    "team": "Red",
    "path": {"path": "apps/red", "basename": "red", "segments": ["apps", "red"]},
    "replicas": 3.0,
    "large": 1234567.0,
    "share": 0.5,
    "on": True,
    "nothing": None,
    "labels": {"b": "2", "a": "1"},
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("plain", "plain"),
        ("{{ .team }}-{{.path.basename}}", "Red-red"),
        ("{{.replicas}} {{.large}} {{.share}} {{.on}} {{.nothing}}", "3 1.234567e+06 0.5 true <no value>"),
        ("{{ int .large }} {{ 1234567 }} {{ list .nothing .replicas | toJson }}", "1234567 1234567 [null,3]"),
        ("{{ .path.segments }} {{ .labels }}", "[apps red] map[a:1 b:2]"),
        ("{{ index .path.segments 1 }}", "red"),
        ('{{ index .labels "a" }}', "1"),
        ("{{ .gone }}", "<no value>"),
        ("{{ .gone.below }}", "<no value>"),
        ("{{ .team | lower | quote }}", '"red"'),
        ('{{ .gone | default "none" }}', "none"),
        ('{{ default "none" .team }}', "Red"),
        ('{{ printf "%s-%02d %q %-4s|%%" .team (int .replicas) .team "a" }}', 'Red-03 "Red" a   |%'),
        ('{{ if eq .team "Red" "Blue" }}warm{{ else }}cold{{ end }}', "warm"),
        ('{{ if eq .team "Blue" }}a{{ else if .on }}b{{ else }}c{{ end }}', "b"),
        ('{{ if and .on (not .gone) (ne .team "Blue") }}yes{{ end }}', "yes"),
        ("{{ range .path.segments }}<{{ . }}>{{ end }}", "<apps><red>"),
        ("{{ range $key, $value := .labels }}{{ $key }}={{ $value }},{{ end }}", "a=1,b=2,"),
        ("{{ range $index, $one := .path.segments }}{{ $index }}{{ $.team }}{{ end }}", "0Red1Red"),
        ("{{ range .gone }}x{{ else }}none{{ end }}", "none"),
        ("{{ with .path }}{{ .basename }}{{ end }}", "red"),
        ("{{ $name := .team | upper }}{{ $name }}", "RED"),
        ("{{ (index .path.segments 0) | trunc 2 }}", "ap"),
        ('{{ (dict "a" "b").a }}', "b"),
        ("a {{- .team -}} b", "aRedb"),
        ("a\n{{- /* a comment */}}b", "ab"),
        ('{{ `raw "text"` }}', 'raw "text"'),
        ('{{ dig "path" "depth" "none" . }}', "none"),
        ('{{ ternary "yes" "no" .on }}', "yes"),
        ('{{ join "," .path.segments }}', "apps,red"),
        ('{{ regexReplaceAll "(a)p+" .path.path "${1}b" }}', "abs/red"),
        ("{{ .labels | toJson }}", '{"a":"1","b":"2"}'),
        ("{{ .labels | toYaml }}", "a: '1'\nb: '2'"),
        ('{{ (fromYaml "a: {b: c}").a.b }}', "c"),
        ('{{ normalize "Big_Team.1-" }}', "big-team.1"),
        ('{{ splitList "/" .path.path | last }}', "red"),
        ('{{ (split "/" .path.path)._1 }}', "red"),
        ('{{ "" | required "x" | default "never" }}', None),
    ],
)
def test_a_template_gives_what_go_gives(template: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(Refused, match=r"^x$"):
            render(template, PARAMS, strict=False)
    else:
        assert render(template, PARAMS, strict=False) == text


@pytest.mark.parametrize("template", ["{{ .gone }}", "{{ .path.gone }}", "{{ .nothing.gone }}"])
def test_missingkey_error_refuses_what_is_not_given(template: str) -> None:
    with pytest.raises(Refused, match="there is no parameter 'gone'"):
        render(template, PARAMS, strict=True)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ .team", "is not closed"),
        ("{{ if .on }}a", "has no `end`"),
        ("{{ end }}", "too many"),
        ("{{ .team.first }}", "there is no field 'first'"),
        ("{{ index .path.segments 7 }}", "out of range"),
        ("{{ trunc .team 3 }}", "can't take Red, 3"),
        ("{{ .team .team }}", "no function"),
        ('{{ fail "never" }}', "never"),
    ],
)
def test_what_go_refuses_is_refused(template: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        render(template, PARAMS, strict=False)


@pytest.mark.parametrize(
    "template", ["{{ genPrivateKey .team }}", "{{ break }}", "{{ (.team }}", '{{ printf "%x" 1 }}']
)
def test_what_is_not_known_here_is_neither_right_nor_wrong(template: str) -> None:
    with pytest.raises(Unknown):
        render(template, PARAMS, strict=False)
