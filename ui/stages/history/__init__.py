"""History: what was changed, when, by whom."""
