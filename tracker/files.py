"""Files that hold somebody's hunt: readable by their owner alone, complete or not there at all."""

import os
import tempfile
from pathlib import Path

from tracker.errors import StorageError
from tracker.messages import _


def create_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read; an existing file keeps its content and loses other's rights.

    Raises:
        StorageError: the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        os.close(descriptor)
        path.chmod(0o600)
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror)
        ) from error


def private_neighbour(path: Path, *, marker: str) -> Path:
    """Make an empty 0600 file beside ``path``, with ``marker`` and a random part in its name, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=marker, dir=path.parent)
    os.close(descriptor)
    return Path(name)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    _sync(path, os.O_RDWR)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; systems that cannot open folders do that by themselves."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_private_file(path: Path, content: bytes) -> None:
    """Write a whole 0600 file under a temporary name and give it its own when it is on the disk.

    Raises:
        OSError: it could not be written; what stood at ``path`` before still stands there.
    """
    partial = private_neighbour(path, marker=".partial")
    try:
        partial.write_bytes(content)
        sync_file(partial)
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)
