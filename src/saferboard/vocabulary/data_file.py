"""The YAML that lies beside the code: what names things, so that Python need not."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

# The same strict loader in C, where the wheel has it, takes a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def data_file(package: str, name: str) -> Any:
    """What the YAML file `name` beside the modules of `package` holds. Raises FileNotFoundError,
    and yaml.YAMLError for a file that is none."""
    return parsed(resources.files(package).joinpath(name).read_text("utf-8"))


def parsed(text: str) -> Any:
    """What YAML says, in plain values only. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=LOADER)
