import gc
from collections.abc import Iterator

import pytest

from tracker.collector import collector_paused


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@collector_paused()
def fail() -> None:
    assert not gc.isenabled()
    raise ValueError("stop")


@pytest.mark.usefixtures("_as_it_was")
@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_as_it_was_afterwards(is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()
    with pytest.raises(ValueError, match="stop"):
        fail()
    assert gc.isenabled() is is_on
