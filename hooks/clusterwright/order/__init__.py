"""The order of the first sync: simulated from the root Applications on, and printed as a timeline."""
