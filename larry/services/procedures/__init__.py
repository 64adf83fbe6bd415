"""Procedures of the field beside commissioning (domain.md 5), each safe to break off and to start again."""
