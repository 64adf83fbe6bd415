"""What the owner gets: the checklist, the report, the close-out pack, and its verification."""
