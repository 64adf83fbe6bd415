"""`python -m larry` is `larry`."""

import sys

from larry.cli.main import main

sys.exit(main())
