"""Painted building blocks that every stage uses."""
