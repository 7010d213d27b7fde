"""`python -m motcua` is the command `motcua`."""

import sys

from motcua.config.cli import main

sys.exit(main())
