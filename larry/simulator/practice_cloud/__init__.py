"""A practice cloud: the public routes, the unpublished acts, and every published error code."""
