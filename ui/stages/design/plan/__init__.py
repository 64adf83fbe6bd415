"""The floor plan: the tree's twin in space."""
