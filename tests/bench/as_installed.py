"""saferboard's command line without pandas, as it is installed for use: pandas is here only
because the bench compares with it, and Arrow would load it unasked wherever it is found."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class Hidden(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for everything else, so that the next finder looks for it."""
        if fullname == "pandas":
            raise ModuleNotFoundError("no pandas in the installed program", name=fullname)
        return None


if __name__ == "__main__":
    sys.meta_path.insert(0, Hidden())
    from saferboard.cli.main import run

    run()
