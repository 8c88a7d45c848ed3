"""Changes as pull requests: what the git host is asked for, and how it is asked."""
