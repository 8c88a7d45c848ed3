"""Keeps a platform repository equal to what its fleet.yaml says."""
