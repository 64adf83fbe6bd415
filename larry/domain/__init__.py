"""The site as plain data, the rules, the edits: pure, no I/O, no clock."""
