"""One module per command, each exposing `command`; `larry.cli.main` lists them."""
