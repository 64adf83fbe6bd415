"""Design: Nearby, Tree, Inspector, Findings."""
