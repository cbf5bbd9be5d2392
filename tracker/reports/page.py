"""The shell of every HTML page: elements that escape whatever is not HTML yet, one self-contained document.

A page runs nothing and asks the network for nothing: there is no script, no style sheet, picture or font of another
file, and its own content security policy forbids them should one ever get in.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from tracker.reports.style import BASE_STYLE
from tracker.text import sanitise


class Html(str):
    """Text that is HTML already, made by the functions of this module.

    Whatever ``str`` makes of it (``+``, ``format``, ``join``, a slice) is plain text again and would be escaped a
    second time, which one sees: a mistake never lets a person's text through as markup.
    """

    __slots__ = ()


Child: TypeAlias = "str | int | float | Iterable[Child] | None"
"""What may stand in an element: HTML as it is, text and numbers escaped, several in order; ``None`` is nothing."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
"""Nothing is loaded and nothing runs, whatever stands in the page."""

LINKED_SCHEMES = ("http", "https", "mailto", "tel", "wemeet", "feishu", "lark", "dingtalk", "zoommtg", "msteams")
"""Addresses that become links: pages, mail, telephones, and the programs that interviews are held in."""

SHORT_TABLE = 12
"""Rows of a table that is printed on one sheet and not parted by its end."""

_VOID = frozenset(("br", "col", "hr", "img", "meta", "wbr"))
_REFUSED = frozenset(("base", "embed", "form", "iframe", "link", "object", "script", "style", "template"))
_TAG = re.compile(r"[a-z][a-zA-Z0-9]*")
_ATTRIBUTE = re.compile(r"[a-z][a-zA-Z0-9-]*")
_ADDRESSES = frozenset(("action", "background", "data", "formaction", "href", "ping", "poster", "src", "srcset"))
_WITHOUT_TARGET = re.compile(r"#[\w-]*|data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/=]*")
_LINKED = re.compile(rf"(?:{'|'.join(LINKED_SCHEMES)}):[^\s<>\"\\^`{{|}}]+", re.IGNORECASE | re.ASCII)
_IN_TEXT = re.compile(r"https?://[^\s<>\"'`，。；、（）“”《》【】\\^{|}]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?)]'"


def text(value: str) -> Html:
    """A text that shows as it is written: markup escaped, what a reader could not see or would obey removed.

    Removed are control characters, overrides of the writing direction, tag characters and lone surrogates, so that
    every page can be written as UTF-8.
    """
    # Attributes are always in double quotes, so an apostrophe may stay one.
    return Html(html.escape(sanitise(value)[0], quote=False).replace('"', "&quot;"))


def join(*children: Child) -> Html:
    """Several children one after the other, without an element around them."""
    return Html("".join(_rendered(child) for child in children))


def element(tag: str, /, *children: Child, **attributes: str | float | bool | None) -> Html:
    """One element.

    Args:
        tag: its name, of HTML or SVG.
        children: what stands in it; everything but ``Html`` is escaped.
        attributes: ``class_`` is written ``class``, ``stroke_width`` becomes ``stroke-width``, ``viewBox`` stays;
            ``True`` is an attribute without a value, ``None`` and ``False`` are none.

    Raises:
        ValueError: the element or attribute would run or load something: addresses are made by ``link``.
    """
    if not _TAG.fullmatch(tag) or tag in _REFUSED:
        msg = f"no page has an element {tag!r}"
        raise ValueError(msg)
    opening = "".join([tag, *(_attribute(name, value) for name, value in attributes.items())])
    return Html(f"<{opening}>" if tag in _VOID else f"<{opening}>{join(*children)}</{tag}>")


def _rendered(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return str(child)
    if isinstance(child, str):
        return text(child)
    return str(child) if isinstance(child, int | float) else join(*child)


def _attribute(name: str, value: str | float | bool | None) -> str:
    written = name.removesuffix("_").replace("_", "-")
    if not _ATTRIBUTE.fullmatch(written) or written.startswith("on") or written == "srcdoc":
        msg = f"no element has an attribute {written!r}"
        raise ValueError(msg)
    if value is None or value is False:
        return ""
    if value is True:
        return f" {written}"
    if written in _ADDRESSES and not _WITHOUT_TARGET.fullmatch(str(value)):
        msg = f"{written!r} leads out of the page: links are made by link()"
        raise ValueError(msg)
    return f' {written}="{text(str(value))}"'


def link(address: str, shown: str = "") -> Html:
    """An address as a link that tells its target nothing about this page; as text where it is none of a known kind.

    Args:
        address: as a person wrote it; ``javascript:``, ``data:``, ``file:`` and the like stay text.
        shown: what is read instead of the address.
    """
    clean = sanitise(address)[0].strip()
    if not _LINKED.fullmatch(clean):
        return text(shown or address)
    # Not through element(): it lets no address through.
    return Html(f'<a href="{text(clean)}" rel="noreferrer noopener">{text(shown or clean)}</a>')


def with_links(value: str) -> Html:
    """A text in which the addresses of pages are links, everything else as ``text`` shows it."""
    clean, parts, end = sanitise(value)[0], [], 0
    for found in _IN_TEXT.finditer(clean):
        address = found[0].rstrip(_AFTER_ADDRESS)
        parts += [text(clean[end : found.start()]), link(address)]
        end = found.start() + len(address)
    return join(*parts, text(clean[end:]))


def written(value: str, tag: str = "div") -> Html:
    """What a person wrote, with its line breaks and spaces, its addresses as links."""
    return element(tag, with_links(value.strip("\r\n")), class_="written")


def table(
    headers: Sequence[Child], rows: Iterable[Sequence[Child]], *, numbers: Sequence[int] = (), caption: str = ""
) -> Html:
    """A table that scrolls sideways where the page is narrower.

    Args:
        headers: the titles of its columns.
        rows: one child a column.
        numbers: indices of the columns that are aligned to the right.
        caption: what it shows; none when empty.
    """

    def cell(tag: str, index: int, child: Child, scope: str | None = None) -> Html:
        return element(tag, child, class_="number" if index in numbers else None, scope=scope)

    head = element("tr", [cell("th", index, title, "col") for index, title in enumerate(headers)])
    body = [element("tr", [cell("td", index, child) for index, child in enumerate(row)]) for row in rows]
    named = element("caption", caption) if caption else None
    drawn = element("table", named, element("thead", head), element("tbody", body))
    return element("div", drawn, class_="wide short" if len(body) <= SHORT_TABLE else "wide", tabindex=0)


def page(title: str, *body: Child, language: str, style: str = "") -> str:
    """One self-contained document, to be written as UTF-8.

    Args:
        title: of the window and the bookmark; the body has its own heading.
        body: what stands in it.
        language: of its sentences, as the catalogues name it: ``en``, ``zh_CN``.
        style: CSS behind the base style, from the program and never from a person.

    Raises:
        ValueError: the style would end its element or load something.
    """
    if re.search(r"</|@import|url\s*\(", style, re.IGNORECASE):
        msg = "the style of a page stands by itself"
        raise ValueError(msg)
    head = join(
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="format-detection", content="telephone=no"),
        element("title", title),
        Html(f"<style>{BASE_STYLE}{style}</style>"),
    )
    document = element("html", element("head", head), element("body", *body), lang=language.replace("_", "-"))
    return f"<!doctype html>\n{document}\n"
