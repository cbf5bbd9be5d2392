"""A briefing as Markdown for one's notes: what people wrote stands in it unchanged, indented below its list item."""

from datetime import tzinfo

from prep.briefings.briefing import Briefing
from prep.briefings.headings import headline, place_line, zone_line
from prep.briefings.sections import Line, sections


def as_markdown(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as Markdown."""
    lines = [f"# {headline(briefing, zone)}"]
    told = (briefing.position, zone_line(briefing, zone), place_line(briefing))
    about = [f"{line}  " for line in told if line]
    lines += ["", *about] if about else []
    for section in sections(briefing, zone=zone):
        lines += ["", f"## {section.heading}", ""]
        for number, line in enumerate(section.lines):
            below = _below(line)
            if number and (below or _below(section.lines[number - 1])):
                lines.append("")
            tag = f"[{line.tag}] " if line.tag else ""
            lines += ["- " + "\n".join(_indented(tag + line.text)).strip(), *(["", *below] if below else [])]
    return "\n".join(lines) + "\n"


def _below(line: Line) -> list[str]:
    steps = ["  - " + "\n".join(_indented(step, 4)).strip() for step in line.steps]
    return [*_indented(line.below), *steps]


def _indented(text: str, width: int = 2) -> list[str]:
    return [" " * width + line if line.strip() else "" for line in text.strip("\n").split("\n")] if text.strip() else []
