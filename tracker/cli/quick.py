"""Commands that scripts ask often, run without the parser of commands where nothing but the plain form is typed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tracker.cli.context import make_context, settings_path
from tracker.cli.opening import COMPLETION, is_readable_moment, read_moment
from tracker.errors import AshoreError
from tracker.messages import choose_language, prefer_language

_VALUES = ("--db", "--now", "--lang")
_LANGUAGES = ("en", "zh_CN")


class Plain(NamedTuple):
    """A dry run of lines, as it was typed."""

    words: tuple[str, ...]
    as_json: bool
    values: dict[str, str]


def plain_dry_run(arguments: Sequence[str], environment: Mapping[str, str]) -> Plain | None:
    """What ``ashore log --dry-run LINE`` asks for; ``None`` where the parser is needed to say what is meant.

    Standard input, abbreviations, ``--option=value``, ``--help`` and every mistake are left to it.
    """
    if COMPLETION in environment or "log" not in arguments or "--dry-run" not in arguments:
        return None
    values: dict[str, str] = {}
    words: list[str] = []
    flags: set[str] = set()
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in _VALUES and rest:
            values[argument] = rest.pop(0)
        elif argument in ("--dry-run", "--json") and words:
            flags.add(argument)
        elif argument.startswith("-"):
            return None
        else:
            words.append(argument)
    lines = tuple(words[1:])
    known = values.get("--lang", "en") in _LANGUAGES
    if words[:1] != ["log"] or not lines or "--dry-run" not in flags or not known:
        return None
    return Plain(lines, "--json" in flags, values)


def run_quickly(arguments: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """Run a plain dry run; returns the exit status, or ``None`` when the parser has to look at it.

    A reason to refuse is one line on stderr, and the status 1.
    """
    plain = plain_dry_run(arguments, environment)
    if plain is None:
        return None
    stamp = plain.values.get("--now", environment.get("ASHORE_NOW", ""))
    named = plain.values.get("--db", environment.get("ASHORE_DB", ""))
    if not is_readable_moment(stamp):
        return None
    try:
        _choose_language(plain.values.get("--lang", ""), environment)
        context = make_context(path=Path(named) if named else None, now=read_moment(stamp), environment=environment)
        from tracker.cli.foretelling import foretell

        foretell(context, " ".join(plain.words), as_json=plain.as_json)
    except AshoreError as error:
        from tracker.cli.output import tell

        tell(str(error))
        return 1
    return 0


def _choose_language(named: str, environment: Mapping[str, str]) -> None:
    """The language that was asked for, else that of ``config.toml``; what is wrong there must not stop a command."""
    path = settings_path(environment)
    if named:
        choose_language(named)
    if not path.exists():
        return
    from tracker.settings import load_settings

    try:
        language = load_settings(path).language
    except AshoreError as error:
        from tracker.cli.output import tell

        tell(str(error))
        return
    prefer_language(language)
