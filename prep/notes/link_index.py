"""Indexes of links: a list whose entries lead to files, each the answer to a question or a list of its own."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from prep.notes.blocks import bullet, numberless
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, may_ask
from tracker.messages import _

_LOCAL = re.compile(
    r"(?:\[[ xX]\]\s+)?(?P<before>[^\[\]]{0,40}?)\[(?P<title>[^\[\]\n]{1,500})\]"
    r"\((?:<(?P<angled>[^<>\n]{1,500})>|(?P<plain>(?![a-z]{2,10}:|//"
    r"|#)[^()\s#]{1,500}))(?:#[^()\s]{0,300})?\)\s*(?P<after>.*)$",
    re.IGNORECASE,
)
_WIKI = re.compile(r"(?:\[[ xX]\]\s+)?\[\[(?P<target>[^\[\]|#\n]{1,300})(?:[|#][^\[\]\n]{0,300})?\]\]\s*$")
_FILE = re.compile(r"\.(?:md|markdown|mdx|mdown|mkd|txt|html?|adoc|org)$", re.IGNORECASE)
_FEWEST = 2
_SHARE = 0.6
_MOST = 0.7
"""From this share of titles that ask on, one that names what one would be asked about is a question too."""


class LinkIndex:
    """A list most entries of which are links to files beside this one."""

    name = "link-index"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is an index, or None."""
        if "](" not in section.contents() and "[[" not in section.contents():
            return None
        entries = [text for line in section.body if (text := line.listed()) is not None]
        links = sum(local_link(text) is not None for text in entries)
        if links < _FEWEST or links < _SHARE * len(entries):
            return None
        return _("links to other files {where}").format(where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the titles that ask, or where most do may ask, whose file is not read with this one."""
        links = [link for line in section.body if (text := line.listed()) is not None and (link := local_link(text))]
        mostly = sum(asks(title) for title, _target in links) >= _MOST * len(links)
        for line in section.body:
            text = line.listed()
            link = local_link(text) if text is not None else None
            if link is None:
                continue
            title, target = link
            asked = asks(title) or (mostly and may_ask(title))
            if target in ledger.answered_elsewhere or not asked:
                ledger.skip((line,), "link")
                continue
            ledger.ask(
                title,
                lines=(line,),
                answer="",
                path=section.path,
                kind=kind_of(clean_title(title), section.path),
                style=self.name,
                hint=target,
            )


def local_links(lines: Sequence[str]) -> dict[str, str]:
    """The titles by which a document links to files beside it, by the target as written."""
    found: dict[str, str] = {}
    for line in lines:
        if "](" not in line and "[[" not in line:
            continue
        content = line.strip()
        text = bullet(content)
        link = local_link(text if text is not None else numberless(content))
        if link is not None:
            found.setdefault(link[1], link[0])
    return found


def local_link(text: str) -> tuple[str, str] | None:
    """The title and the target of an entry that is a link to a file; None when it is anything else."""
    wiki = _WIKI.match(text)
    if wiki is not None:
        return wiki["target"].rsplit("/", 1)[-1], f"{wiki['target']}.md"
    match = _LOCAL.match(text)
    if match is None:
        return None
    target = unquote(match["angled"] or match["plain"])
    return (numberless(match["title"]).strip(), target) if _FILE.search(target.split("#")[0]) else None
