"""Files: the project, the catalogue, the exchange formats."""
