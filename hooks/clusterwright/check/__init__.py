"""The checker: loads a repository once, runs small rules over it, and reports."""
