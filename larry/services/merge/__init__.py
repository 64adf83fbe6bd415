"""Joining two copies of a project by their histories."""
