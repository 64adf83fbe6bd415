"""The command line: thin, one file per command; it proves that Larry works without a window."""
