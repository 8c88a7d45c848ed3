"""The rules, by topic: each is one small function from a repository to its problems."""
