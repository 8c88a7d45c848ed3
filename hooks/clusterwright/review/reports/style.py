"""How the HTML report looks, in light and in dark."""

from __future__ import annotations

STYLE = """\
:root {
  --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --soft: #f6f8fa; --focus: #0550ae;
  --danger: #b3261e; --danger-soft: #fdecea; --caution: #8a5a00; --caution-soft: #fff4d6;
  --fine: #1a6b34; --gone: #ffebe9; --come: #e6f7ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --ink: #e6e9ee; --quiet: #9aa4b2; --line: #333a45; --soft: #1c2129; --focus: #79b8ff;
    --danger: #ff8a80; --danger-soft: #3b1d1d; --caution: #f5c451; --caution-soft: #352a10;
    --fine: #7bd88f; --gone: #41201f; --come: #17331f;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 0 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { margin: 1.5rem 0; padding: 1rem 1.25rem; border-left: .4rem solid var(--line); background: var(--soft); }
header.attention { border-color: var(--danger); }
header.review { border-color: var(--caution); }
header.routine, header.unchanged { border-color: var(--fine); }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 1.25rem 0 .5rem; font-size: 1rem; }
p { margin: .25rem 0; }
a { color: var(--focus); }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.quiet { color: var(--quiet); font-size: .9rem; }
ul.attention { list-style: none; margin: 0; padding: 0; }
ul.attention li { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); column-gap: .75rem; margin: .5rem 0;
  padding: .6rem .9rem; border: 0 solid; border-left-width: .3rem; }
ul.attention li > p { grid-column: 2; }
ul.attention .level { grid-row: 1; font-weight: 600; }
ul.attention li.danger { border-color: var(--danger); background: var(--danger-soft); }
li.danger .level { color: var(--danger); }
ul.attention li.caution { border-color: var(--caution); background: var(--caution-soft); }
li.caution .level { color: var(--caution); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
tbody th { font-weight: normal; min-width: 12rem; }
td { white-space: nowrap; }
td.removed, td.replaced { color: var(--danger); font-weight: 600; }
td.config { color: var(--caution); }
td.added, td.version { color: var(--fine); }
details { margin: .3rem 0; }
section > details { border: 1px solid var(--line); border-radius: .3rem; padding: .35rem .75rem; }
summary { cursor: pointer; }
pre { overflow-x: auto; margin: .5rem 0; padding: .5rem 0; background: var(--soft); }
pre > * { display: block; padding: 0 .75rem; min-width: max-content; text-decoration: none; white-space: pre; }
del { background: var(--gone); }
ins { background: var(--come); }
.path { font-weight: 600; }
ul.paths { columns: 24rem; margin: .3rem 0; padding-left: 1.2rem; }
@media print { details { display: block; } .skip { display: none; } }
"""
