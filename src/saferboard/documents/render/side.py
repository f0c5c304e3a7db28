"""Work done beside this process: drawing and laying out need a processor each.

A fresh interpreter is given one pickled call on its standard input and sends the pickled
answer back. (`multiprocessing` would import the caller's whole main module again, and forking
a process in which a JavaScript engine runs is not safe.)
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from saferboard.vocabulary.problem import Problem

# One call and no more: what it makes is kept to its end, and looking for rubbish finds little.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    f"from {__name__} import answer; answer()"
)


@dataclass
class Beside:
    """A call that is running in its own process."""

    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, function: Callable[..., Any], *arguments: Any) -> Beside:
        """Start `function(*arguments)`: a function of a module, and values that can be pickled."""
        process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None
        with process.stdin as pipe:
            pickle.dump(sys.path, pipe)
            pickle.dump((function.__module__, function.__qualname__, arguments), pipe)
        return cls(process)

    def result(self) -> Any:
        """Wait, then give what the call returned or raise what it raised."""
        assert self.process.stdout is not None
        with self.process.stdout as pipe:
            written = pipe.read()
        self.process.wait()
        if not written:
            raise RuntimeError(f"A side process ended with status {self.process.returncode}.")
        worked, value = pickle.loads(written)
        if worked:
            return value
        raise value

    def stop(self) -> None:
        """End the call without its result (something else failed)."""
        self.process.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()


def answer() -> None:
    """The other side: read one call, run it, write what came of it."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    channel = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints goes to the error stream, never into the answer
    module, name, arguments = pickle.load(sys.stdin.buffer)
    outcome: tuple[bool, Any]
    try:
        outcome = (True, getattr(importlib.import_module(module), name)(*arguments))
    except Problem as problem:
        outcome = (False, problem)
    except Exception as error:  # whatever it is, the process that asked raises it again
        traceback.print_exc()
        outcome = (False, error)
    with os.fdopen(channel, "wb") as pipe:
        pickle.dump(outcome, pipe)
