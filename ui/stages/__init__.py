"""One package per stage of the work."""
