"""ApplicationSets, expanded offline: what their generators give, and what their templates make of it."""
