"""The report as one self-contained page: charts in SVG, the table behind each, nothing that runs or is loaded."""

from tracker.messages import _, ngettext
from tracker.reports.arrangement import Chart, Exhibit, Report, Section, Table
from tracker.reports.bars import Bars, Columns, draw_bars, draw_columns
from tracker.reports.heat_map import HeatMap, draw_heat_map
from tracker.reports.page import Html, element, join, page, table
from tracker.reports.sankey import Sankey, draw_sankey
from tracker.reports.survival_chart import draw_survival

MOST_ROWS = 200
"""Of a table; what is beyond them is counted, and stands in the JSON."""

STYLE = """
.chart { overflow-x: auto; }
.chart svg { max-width: 100%; height: auto; }
.chart svg.broad { width: 100%; min-width: 44rem; }
.chart svg text { font-size: 12px; fill: var(--ink); }
.chart svg text.quiet { fill: var(--muted); }
.chart svg text.figure { font-size: 14px; font-weight: 600; fill: var(--strong); }
.chart svg text.small { font-size: 10px; fill: var(--muted); }
.chart svg text.on { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.chart svg text.in { font-size: 9px; }
.chart svg text.in3, .chart svg text.in4 { fill: var(--paper); font-weight: 600; }
.grid { stroke: var(--line); fill: none; }
.axis { stroke: var(--faint); fill: none; }
rect.bar { fill: var(--sea); }
rect.second { fill: var(--violet); }
rect.third { fill: var(--green); }
rect.good { fill: var(--green); }
rect.going { fill: var(--sea); }
rect.left { fill: var(--sand); opacity: .75; }
rect.bad { fill: var(--red); opacity: .8; }
.hatch { stroke: var(--paper); stroke-width: 1.2; opacity: .6; fill: none; }
rect.node { fill: var(--ink); }
.flow { fill: var(--sea); fill-opacity: .34; stroke: var(--sea); stroke-opacity: .5; stroke-width: .6; }
.flow.going { fill: var(--faint); stroke: var(--faint); }
.flow.good { fill: var(--green); stroke: var(--green); }
.flow.left { fill: var(--sand); stroke: var(--sand); }
.flow.bad { fill: var(--red); fill-opacity: .28; stroke: var(--red); }
.back { fill: none; stroke: var(--violet); stroke-opacity: .5; stroke-linejoin: round; }
.day { fill: var(--panel); rx: 2px; }
.day1 { fill: color-mix(in srgb, var(--sea) 25%, var(--paper)); }
.day2 { fill: color-mix(in srgb, var(--sea) 45%, var(--paper)); }
.day3 { fill: color-mix(in srgb, var(--sea) 78%, var(--paper)); }
.day4 { fill: var(--sea); }
.curve { fill: none; stroke: var(--sea); stroke-width: 2; }
.curve1 { stroke: var(--violet); stroke-dasharray: 8 3; }
.curve2 { stroke: var(--green); stroke-dasharray: 3 3; }
.curve3 { stroke: var(--amber); stroke-dasharray: 10 3 2 3; }
.band { fill: var(--sea); fill-opacity: .14; }
.censored { stroke: var(--sea); stroke-width: 1; }
.median { fill: none; stroke: var(--sand); stroke-dasharray: 4 3; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 1.5rem; }
.chart + .quiet, .quiet + .quiet { margin: .25rem 0; }
section { margin-top: 2.25rem; }
th, td { min-width: 3.4em; }
th:first-child:not(.number), td:first-child:not(.number) { min-width: 6em; }
h2 .quiet { font-weight: 400; }
@media print {
  .chart { overflow: visible; }
  .chart svg.broad { min-width: 0; }
  .pair { grid-template-columns: 1fr 1fr; }
  .chart svg { max-height: 180mm; }
  .chart, details { break-inside: avoid; }
  section > p { break-after: avoid; }
  details:not([open]) { display: none; }
  rect, path { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def statistics_html(report: Report, *, language: str) -> str:
    """The report as one document, to be written as UTF-8.

    Args:
        report: what is told; names in it are a person's and stay text.
        language: of its sentences: ``en``, ``zh_CN``.
    """
    return page(
        report.title,
        element("main", element("h1", report.title), element("p", report.subtitle, class_="quiet"), _sections(report)),
        language=language,
        style=STYLE,
    )


def _sections(report: Report) -> Html:
    return join(*(_section(section) for section in report.sections))


def _section(section: Section) -> Html:
    of = join(" ", element("span", section.of, class_="quiet")) if section.of else None
    sentences = [element("p", sentence) for sentence in section.sentences]
    single = [_exhibit(exhibit) for exhibit in section.exhibits if not exhibit.title]
    several = [_exhibit(exhibit) for exhibit in section.exhibits if exhibit.title]
    return element(
        "section",
        element("h2", section.heading, of),
        sentences,
        single,
        element("div", several, class_="pair") if several else None,
        id=section.key.replace("_", "-"),
    )


def _exhibit(exhibit: Exhibit) -> Html:
    behind = _table(exhibit.table) if exhibit.table is not None else None
    if exhibit.chart is None:
        title = element("h3", exhibit.title) if exhibit.title else None
        return element("div", title, behind)
    title = element("figcaption", exhibit.title) if exhibit.title else None
    drawn = element("div", _drawn(exhibit.chart), class_="chart", tabindex=0)
    captions = [element("p", caption, class_="quiet") for caption in exhibit.captions]
    figure = element("figure", title, drawn, captions)
    if behind is None:
        return figure
    return element("div", figure, element("details", element("summary", _("The numbers")), behind))


def _drawn(chart: Chart) -> Html:
    if isinstance(chart, Bars):
        return draw_bars(chart)
    if isinstance(chart, Columns):
        return draw_columns(chart)
    if isinstance(chart, HeatMap):
        return draw_heat_map(chart)
    return draw_sankey(chart) if isinstance(chart, Sankey) else draw_survival(chart)


def _table(shown: Table) -> Html:
    """A table; a long one shows its first rows, the others when one asks for them."""
    first = 2 * shown.most_rows or MOST_ROWS
    if len(shown.rows) <= first:
        return table(shown.headers, shown.rows, numbers=shown.numbers)
    others = shown.rows[first : first + MOST_ROWS]
    left = len(shown.rows) - first - len(others)
    words = ngettext("{n} more row", "{n} more rows", len(others)).format(n=len(others))
    more = _("… and {n} more; ashore stats --json has all.").format(n=left)
    return join(
        table(shown.headers, shown.rows[:first], numbers=shown.numbers),
        element(
            "details",
            element("summary", words),
            table(shown.headers, others, numbers=shown.numbers),
            element("p", more, class_="quiet") if left else None,
        ),
    )
