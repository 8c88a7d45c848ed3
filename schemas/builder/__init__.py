"""Turns the schemas that Kubernetes projects publish into strict JSON Schemas, one file for each kind and version."""
