"""``ashore introductions``: the drafts, one of them, the version that fits its target, versions and differences."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.times import clock_time, show_time
from tracker.words import purpose_word, sentence_mark_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prep.introductions.drafts import IntroductionView
    from prep.introductions.shortening import Shortened
    from prep.introductions.versions import SentenceDifference, VersionView
    from tracker.db import Database

SIGNS = {"same": " ", "added": "+", "removed": "-", "changed": "±"}


@command(
    "introductions",
    summary=_(
        "List your self-introductions with how long they take to say, or show one. Times are told at your own pace"
        " once you have said two aloud in the dashboard."
    ),
    shape="""[{"id","title","purpose","company","language","target_seconds","estimated_seconds","measured_seconds","takes",
"versions"}]
purpose is anyone, hr, technical or english; measured_seconds is null before the present text was said aloud.
With an ID: {…,"text","sentences":[{"text","mark","seconds"}],"rate":{"characters_per_minute","words_per_minute",
"takes","is_own","ignored"}}; mark is essential, optional or empty.
--shortest: {"id","text","seconds","full_seconds","target_seconds","fits","over_seconds","dropped":[text]}
--versions: [{"version","text","created_at","estimated_seconds","takes"}]
--diff A B: [{"change","parts":[{"change","text"}]}]; change is same, added, removed or changed.""",
)
@click.argument("introduction", metavar="[ID]", type=int, required=False)
@click.option("--text", is_flag=True, help=_("With an ID: only its text."))
@click.option("--shortest", is_flag=True, help=_("With an ID: the longest version that fits the target."))
@click.option("--versions", is_flag=True, help=_("With an ID: all versions of its text."))
@click.option("--diff", nargs=2, type=int, metavar="A B", help=_("With an ID: what differs between two versions."))
@json_option()
def introductions(
    context: Context,
    introduction: int | None,
    diff: tuple[int, int] | None,
    *,
    text: bool,
    shortest: bool,
    versions: bool,
    as_json: bool,
) -> None:
    """Print the drafts, or what was asked of one."""
    asked = text + shortest + versions + bool(diff)
    if introduction is None:
        if asked:
            raise click.UsageError(_("Say which introduction: ashore introductions lists their numbers."))
        _list(context, as_json=as_json)
        return
    if asked > 1:
        raise click.UsageError(_("One thing at a time."))
    database = open_begun(context)
    if shortest:
        _shortest(database, introduction, as_json=as_json)
    elif versions:
        _versions(context, database, introduction, as_json=as_json)
    elif diff:
        _differences(database, introduction, diff, as_json=as_json)
    else:
        _one(database, introduction, as_json=as_json, only_text=text)


def _list(context: Context, *, as_json: bool) -> None:
    database = open_to_read(context)
    views: tuple[IntroductionView, ...] = ()
    if database is not None:
        from prep.introductions.drafts import list_introductions

        with database.read() as session:
            views = list_introductions(session)
    if as_json:
        print_json([_as_json(view) for view in views])
    elif not views:
        tell(nothing_yet() if database is None else _("No self-introduction yet."))
    else:
        headers = ["id", _("title"), _("purpose"), _("company"), _("target"), _("estimate"), _("measured"), _("takes")]
        lines = [
            (
                view.id,
                view.title,
                purpose_word(view.purpose),
                view.company,
                clock_time(view.target_seconds),
                clock_time(view.estimated_seconds),
                None if view.measured_seconds is None else clock_time(view.measured_seconds),
                view.takes,
            )
            for view in views
        ]
        print_table(headers, lines, numbers=(0, 4, 5, 6, 7))


def _as_json(view: "IntroductionView") -> dict[str, object]:
    return {
        "id": view.id,
        "title": view.title,
        "purpose": view.purpose,
        "company": view.company or None,
        "language": view.language,
        "target_seconds": view.target_seconds,
        "estimated_seconds": view.estimated_seconds,
        "measured_seconds": view.measured_seconds,
        "takes": view.takes,
        "versions": view.versions,
    }


def _one(database: "Database", introduction_id: int, *, as_json: bool, only_text: bool) -> None:
    from prep.introductions.drafts import view_introduction
    from prep.introductions.shortening import shorten
    from prep.introductions.speaking import own_rate

    with database.read() as session:
        view = view_introduction(session, introduction_id)
        rate = own_rate(session)
    if only_text:
        print_json({"id": view.id, "text": view.text}) if as_json else say(view.text)
        return
    sentences = shorten(view.text, marks=view.marks, target_seconds=view.target_seconds, rate=rate).sentences
    if as_json:
        print_json(
            {
                **_as_json(view),
                "text": view.text,
                "sentences": [
                    {"text": one.text.strip(), "mark": one.mark, "seconds": round(one.seconds, 1)} for one in sentences
                ],
                "rate": {
                    "characters_per_minute": round(rate.characters_per_minute, 1),
                    "words_per_minute": round(rate.words_per_minute, 1),
                    "takes": rate.takes,
                    "is_own": rate.is_own,
                    "ignored": rate.ignored,
                },
            }
        )
        return
    say(view.title)
    facts = (
        purpose_word(view.purpose),
        view.company,
        f"{clock_time(view.estimated_seconds)} / {clock_time(view.target_seconds)}",
    )
    say(" · ".join(filter(None, facts)))
    say("")
    for one in sentences:
        mark = sentence_mark_word(one.mark)
        say(one.text.strip() + (_(" [{mark}]").format(mark=mark) if mark else ""))


def _shortest(database: "Database", introduction_id: int, *, as_json: bool) -> None:
    from prep.introductions.drafts import view_introduction
    from prep.introductions.shortening import shorten
    from prep.introductions.speaking import own_rate

    with database.read() as session:
        view = view_introduction(session, introduction_id)
        cut = shorten(view.text, marks=view.marks, target_seconds=view.target_seconds, rate=own_rate(session))
    if as_json:
        print_json(_shortened_json(view.id, cut))
        return
    if not cut.text:
        raise RefusedError(_("Nothing would be left: no sentence fits into {n} s.").format(n=view.target_seconds))
    say(cut.text)
    kept = _("{spoken} of {whole}, for {target}")
    tell(
        kept.format(
            spoken=clock_time(round(cut.seconds)),
            whole=clock_time(round(cut.full_seconds)),
            target=clock_time(cut.target_seconds),
        )
    )
    if not cut.fits:
        over = cut.over_seconds
        tell(
            ngettext(
                "What must be said alone is {n} second too long.",
                "What must be said alone is {n} seconds too long.",
                over,
            ).format(n=over)
        )


def _shortened_json(introduction_id: int, cut: "Shortened") -> dict[str, object]:
    return {
        "id": introduction_id,
        "text": cut.text,
        "seconds": round(cut.seconds),
        "full_seconds": round(cut.full_seconds),
        "target_seconds": cut.target_seconds,
        "fits": cut.fits,
        "over_seconds": cut.over_seconds,
        "dropped": [one.text.strip() for one in cut.sentences if not one.is_kept],
    }


def _versions(context: Context, database: "Database", introduction_id: int, *, as_json: bool) -> None:
    from prep.introductions.versions import list_versions

    with database.read() as session:
        found = list_versions(session, introduction_id=introduction_id)
    if as_json:
        print_json([_version_json(version, context) for version in found])
        return
    lines = [
        (
            version.number,
            show_time(version.created_at, "minute", now=context.now, zone=context.zone) if version.created_at else None,
            clock_time(version.estimated_seconds),
            version.takes,
            version.text,
        )
        for version in found
    ]
    print_table([_("version"), _("written"), _("estimate"), _("takes"), _("text")], lines, numbers=(0, 2, 3))


def _version_json(version: "VersionView", context: Context) -> dict[str, object]:
    return {
        "version": version.number,
        "text": version.text,
        "created_at": as_iso(version.created_at, "minute", context.zone),
        "estimated_seconds": version.estimated_seconds,
        "takes": version.takes,
    }


def _differences(database: "Database", introduction_id: int, numbers: tuple[int, int], *, as_json: bool) -> None:
    from prep.introductions.versions import compare_versions

    with database.read() as session:
        found = compare_versions(session, introduction_id=introduction_id, older=numbers[0], newer=numbers[1])
    if as_json:
        print_json(
            [
                {"change": one.change, "parts": [{"change": part.change, "text": part.text} for part in one.parts]}
                for one in found
            ]
        )
        return
    if all(one.change == "same" for one in found):
        tell(_("Both read the same."))
    _print_differences(found)


def _print_differences(differences: "Sequence[SentenceDifference]") -> None:
    for one in differences:
        marked = (
            part.text
            if part.change == "same" or one.change != "changed"
            else f"[-{part.text}-]"
            if part.change == "removed"
            else f"{{+{part.text}+}}"
            for part in one.parts
        )
        say(f"{SIGNS[one.change]} {' '.join(''.join(marked).split())}")
