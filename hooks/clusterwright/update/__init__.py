"""Brings a platform repository to a newer version of the template, without losing a byte that people wrote."""
