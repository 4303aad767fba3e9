"""`python -m gongxue` is `gongxue`."""

import sys

from gongxue.cli import main

sys.exit(main())
