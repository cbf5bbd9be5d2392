"""Nothing that a person wrote becomes markup, whichever way it gets into a page."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.page import Html, element, join, link, page, table, text, with_links, written
from tracker.text import sanitise

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;\x1b[31m\u202e\udc80\x00"


class Seen(HTMLParser):
    """The elements, attributes and texts that a parser finds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parse(document: str) -> Seen:
    seen = Seen()
    seen.feed(document)
    seen.close()
    return seen


@given(child=st.text(), attribute=st.text())
def test_whatever_is_written_is_read_back_as_text(child: str, attribute: str) -> None:
    seen = parse(element("p", child, title=attribute))
    assert seen.tags == ["p"]
    assert "".join(seen.texts) == sanitise(child)[0]
    assert seen.attributes == {"title": sanitise(attribute)[0]}


def test_hostile_text_stays_text_and_loses_what_a_reader_would_obey() -> None:
    seen = parse(element("td", HOSTILE, title=HOSTILE))
    shown = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;[31m"
    assert (seen.tags, "".join(seen.texts), seen.attributes) == (["td"], shown, {"title": shown})


@pytest.mark.parametrize(
    "made",
    [
        Html("<b>") + "<i>",
        f"{Html('<b>')}<i>",
        Html("{}").format("<i>"),
        Html("<b><i>")[3:],
        Html("<i>").strip(),
        "".join([Html("<i>")]),
    ],
)
def test_what_str_makes_of_html_is_text_again(made: str) -> None:
    assert parse(element("p", made)).tags == ["p"]


def test_children_are_rendered_in_their_order() -> None:
    made = element("p", "a", None, 1, 2.5, ["<", element("br"), [text("c")]], (x for x in "de"))
    assert made == "<p>a12.5&lt;<br>cde</p>"
    assert join("&", element("wbr")) == "&amp;<wbr>"


def test_attributes_are_written_as_html_has_them() -> None:
    made = element("path", class_="a b", stroke_width=1.5, viewBox="0 0 1 1", hidden=True, open=False, id=None)
    assert made == '<path class="a b" stroke-width="1.5" viewBox="0 0 1 1" hidden></path>'


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "link", "form", "p onclick=x", "P", "", "b>"])
def test_elements_that_run_or_load_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="element"):
        element(tag)


@pytest.mark.parametrize(
    "attributes",
    [
        {"onclick": "x"},
        {"onload_": "x"},
        {"srcdoc": "<p>"},
        {"a b": "x"},
        {"xlink:href": "x"},
        {"href": "https://example.com"},
        {"src": "//example.com/a.png"},
        {"src": "data:text/html;base64,AA=="},
    ],
)
def test_attributes_that_run_or_load_are_refused(attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"attribute|leads out"):
        element("a", **attributes)


def test_a_page_may_point_into_itself_and_hold_its_own_pictures() -> None:
    assert element("a", "up", href="#top") == '<a href="#top">up</a>'
    assert element("img", src="data:image/png;base64,AA==", alt="") == '<img src="data:image/png;base64,AA==" alt="">'


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://meeting.example.com/room?id=1&k=2", True),
        ("HTTP://example.com", True),
        ("wemeet://page/inmeeting?code=123", True),
        ("mailto:hr@example.com", True),
        ("tel:+8613800000000", True),
        (" https://example.com/简历 ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.com", False),
        ("example.com", False),
        ("https://example.com/\" onclick='x'", False),
        ("会议号 123-456-789", False),
        ("", False),
    ],
)
def test_only_known_addresses_become_links(address: str, is_link: bool) -> None:
    seen = parse(link(address))
    assert seen.tags == (["a"] if is_link else [])
    if is_link:
        assert seen.attributes == {"href": address.strip(), "rel": "noreferrer noopener"}
    assert "".join(seen.texts).strip() == sanitise(address)[0].strip()


@pytest.mark.parametrize(
    ("sentence", "addresses"),
    [
        ("看 https://example.com/a，明天再看", ["https://example.com/a"]),
        ("(https://example.com/a).", ["https://example.com/a"]),
        (
            "<https://example.com/a> https://example.org/b?c=d&e",
            ["https://example.com/a", "https://example.org/b?c=d&e"],
        ),
        ("javascript:alert(1) ftp://example.com", []),
    ],
)
def test_addresses_within_a_text_become_links_and_no_letter_is_lost(sentence: str, addresses: list[str]) -> None:
    made = with_links(sentence)
    assert [part.split('"')[0] for part in made.replace("&amp;", "&").split('href="')[1:]] == addresses
    assert "".join(parse(made).texts) == sentence


def test_written_text_keeps_its_lines() -> None:
    assert written("\n  a\n\n<b>\r\n") == '<div class="written">  a\n\n&lt;b&gt;</div>'


def test_a_table_escapes_cells_titles_and_caption() -> None:
    made = table(["<a>", "n"], [["<script>", 3]], numbers=(1,), caption="<c>")
    seen = parse(made)
    assert seen.tags == ["div", "table", "caption", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert seen.texts == ["<c>", "<a>", "n", "<script>", "3"]
    assert '<td class="number">3</td>' in made
    assert made.startswith('<div class="wide short" ')
    assert table(["n"], [[number] for number in range(13)]).startswith('<div class="wide" ')


def test_a_page_is_one_document_that_may_load_nothing() -> None:
    document = page(HOSTILE, element("main", HOSTILE), language="zh_CN", style="main { color: red }")
    seen = parse(document)
    assert document.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert document.encode("utf-8")
    assert seen.tags.count("script") == seen.tags.count("img") == 0
    assert "default-src 'none'" in document
    assert "script" not in document.split("Content-Security-Policy")[1].split(">")[0]
    assert seen.tags.count("style") == 1


@pytest.mark.parametrize(
    "style", ["</style><script>", "@import 'a.css'", "p { background: URL (https://example.com) }"]
)
def test_a_style_that_ends_itself_or_loads_something_is_refused(style: str) -> None:
    with pytest.raises(ValueError, match="style"):
        page("", language="en", style=style)
