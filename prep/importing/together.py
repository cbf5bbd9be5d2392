"""What the files of one import say of each other: which of them answers the question that another links to it by."""

import os.path
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from prep.notes.link_index import local_links
from prep.notes.whole_files import whole_file_titles
from tracker.imports.document import Document


@dataclass(frozen=True, slots=True)
class Together:
    """The files of one import as parts of one whole."""

    titles: dict[str, str]
    """The question that a whole file answers, by the file's path."""
    linked: dict[str, frozenset[str]]
    """The targets, as written, by which a file links to answers, by the file's path."""


def read_together(documents: Sequence[Document]) -> Together:
    """Find the links between the files of one import, and the files that answer one question each."""
    paths = {os.path.normpath(document.path): document.path for document in documents}
    names = Counter(PurePath(path).name for path in paths)
    by_name = {PurePath(path).name: path for path in paths.values() if names[PurePath(path).name] == 1}
    targets: dict[str, dict[str, str]] = {}
    links: dict[str, str] = {}
    for document in documents:
        for target, title in local_links(document.lines).items():
            # Note-taking programs link by the name alone, wherever the file lies.
            linked = paths.get(os.path.normpath(PurePath(document.path).parent / target)) or by_name.get(target)
            if linked is not None and linked != document.path:
                targets.setdefault(document.path, {})[target] = linked
                links.setdefault(linked, title)
    titles = whole_file_titles(documents, links)
    return Together(
        titles,
        {
            path: frozenset(target for target, linked in found.items() if linked in titles)
            for path, found in targets.items()
        },
    )
