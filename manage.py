"""Django's usual door to the operators' command."""

from __future__ import annotations

import sys

from saferboard.workspace.config.operators import main

if __name__ == "__main__":
    sys.exit(main())
