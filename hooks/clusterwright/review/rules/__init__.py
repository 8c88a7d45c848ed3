"""Rules on changes, one module for each kind of thing; each rule is a small function."""
