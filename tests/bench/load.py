"""A generator of load: open loop, where requests begin at their time whether or not those before
were answered, and closed loop, where each client asks again when it was answered."""

from __future__ import annotations

import http.client
import itertools
import math
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request that can be made again and again. `name` is the page's in the report."""

    name: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Times:
    """Seconds that each page took, from when its request was due, and answers that were wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def at(self, name: str, share: float) -> float:
        """The quantile of one page's times: the least that `share` of them do not exceed."""
        found = sorted(self.seconds[name])
        return found[max(0, math.ceil(len(found) * share) - 1)]

    def worst(self, name: str) -> float:
        """The longest."""
        return max(self.seconds[name])


def open_loop(port: int, asked: Sequence[Asked], *, rate: float, seconds: float) -> Times:
    """`rate` requests a second for `seconds`, round `asked` in turn. A request that is begun late,
    because the generator had no thread left, counts from when it was due."""
    times, lock = Times(), threading.Lock()
    turn = itertools.cycle(asked)
    with ThreadPoolExecutor(max_workers=64) as threads:
        begin = time.perf_counter() + 0.2
        for number in range(int(rate * seconds)):
            due = begin + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            threads.submit(_once, port, next(turn), due, times, lock)
    return times


def closed_loop(port: int, asked: Sequence[Asked], *, clients: int, seconds: float) -> float:
    """Answers a second of so many clients that ask without a pause."""
    times, lock = Times(), threading.Lock()
    end = time.perf_counter() + seconds

    def client(offset: int) -> None:
        turn = itertools.islice(itertools.cycle(asked), offset, None)
        while time.perf_counter() < end:
            _once(port, next(turn), time.perf_counter(), times, lock)

    with ThreadPoolExecutor(max_workers=clients) as threads:
        list(threads.map(client, range(clients)))
    if times.wrong:
        raise AssertionError(f"wrong answers: {dict(times.wrong)}")
    return sum(len(one) for one in times.seconds.values()) / seconds


def _once(port: int, asked: Asked, due: float, times: Times, lock: threading.Lock) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(asked.method, asked.path, body=asked.body, headers=asked.headers)
        answer = connection.getresponse()
        answer.read()
        status = str(answer.status)
    except OSError as error:
        status = type(error).__name__
    finally:
        connection.close()
    took = time.perf_counter() - due
    with lock:
        times.seconds[asked.name].append(took)
        if status != "200":
            times.wrong[asked.name].append(status)
