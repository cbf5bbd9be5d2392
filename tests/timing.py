"""How long work takes, for tests of how its time grows."""

import gc
from collections.abc import Callable
from time import process_time

ATTEMPTS = 3
"""The fastest counts: what else the machine does can only make one slower."""


def processor_seconds(work: Callable[[], object]) -> float:
    """Seconds of this process that work takes, without the collector: it looks through what other tests left too."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        times = []
        for _attempt in range(ATTEMPTS):
            begun = process_time()
            work()
            times.append(process_time() - begun)
    finally:
        if was_on:
            gc.enable()
    return min(times)
