"""What is where, and who depends on whom: one model of a repository, drawn as text, Mermaid, SVG and a page."""
