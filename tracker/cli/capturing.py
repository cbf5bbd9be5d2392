"""``ashore log``: what happened, in the words in which people note it; shown before it is written."""

import sys
from collections.abc import Sequence
from datetime import datetime

import click

from tracker.capture.proposals import Proposal
from tracker.capture.reading import LONGEST_TEXT, answer, read_lines
from tracker.capture.wording import says, silence_words
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_to_write
from tracker.cli.foretelling import as_document, foretell, read_book, show
from tracker.cli.output import print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _

STANDARD_INPUT = "-"
SKIP, LEAVE = "s", "q"


@command(
    "log",
    summary=_(
        "Write down what happened as you would note it: «字节 二面 周三 14:00 腾讯会议», «bilibili 挂了»,"
        " «applied to Stripe backend yesterday». Several lines or a recruiter's message may stand in one LINE;"
        " - reads standard input. Questions and plans write nothing. What would be written is shown first."
    ),
    shape="""{"change_set","name","proposals":[{"action","company","position","stage","label","outcome","at","ends_at",
"place","confidence","question","application","batch","preference","adjustable","channel","referral_code",
"referrer","city","manner","precision","medium","link","interviewer","minutes","note","refusal","warning",
"guessed":[field],"choices":[{"label","company","application","stage","action","outcome"}],"continues","text"}]}
action is apply, stage, round, outcome, pool, unpool, revive, contact, deadline, detail, note or cancel; stage
is a phase that never changes, label your own word for it. What is not said is null; continues says that a new
application is the one that a proposal before it makes. With --dry-run there are
only the proposals, as JSON even without --json when nobody looks on.""",
)
@click.argument("words", nargs=-1, required=True, metavar="LINE")
@click.option("--yes", is_flag=True, help=_("Write without asking; refused when something has to be answered."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be written, and write nothing."))
@json_option()
def log(context: Context, words: tuple[str, ...], *, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Write what a line says."""
    if yes and dry_run:
        raise click.UsageError(_("--yes and --dry-run do not go together."))
    text = " ".join(words) if words != (STANDARD_INPUT,) else _standard_input()
    if dry_run:
        foretell(context, text, as_json=as_json)
        return
    now = context.now
    reading = read_lines(text, book=read_book(context), now=now)
    if not reading.proposals:
        raise RefusedError(silence_words(reading.silence))
    _write(context, reading.proposals, ask=None if yes else _asker(as_json=as_json), now=now, as_json=as_json)


def _standard_input() -> str:
    # As much as is read, and a letter more, so that too much is known to be too much.
    return sys.stdin.buffer.read(4 * LONGEST_TEXT + 4).decode("utf-8", "replace")


class _Asker:
    """Asks on the terminal what becomes of each proposal."""

    def decide(self, proposal: Proposal) -> Proposal | None:
        """The proposal as it is to be written, or ``None`` when it is skipped.

        Raises:
            RefusedError: the person leaves; nothing is written.
        """
        current = proposal
        while True:
            reply = click.prompt(_prompt(current), default="", show_default=False, err=True).strip().casefold()
            if reply == LEAVE:
                raise RefusedError(_("Nothing was written."))
            if reply == SKIP:
                return None
            if reply.isdecimal() and 1 <= int(reply) <= len(current.choices):
                current = answer(current, current.choices[int(reply) - 1])
                show(current, None)
                continue
            if not reply and current.is_ready:
                return current
            tell(current.refusal or current.question or _("Enter writes it, s skips it, q leaves."))


def _prompt(proposal: Proposal) -> str:
    if proposal.refusal:
        return _("[s] skip  [q] leave")
    if proposal.choices:
        return _("[1–{number}] choose  [s] skip  [q] leave").format(number=len(proposal.choices))
    return _("[s] skip  [q] leave") if proposal.question else _("[Enter] write  [s] skip  [q] leave")


def _asker(*, as_json: bool) -> _Asker | None:
    """Somebody to ask, where there is a terminal.

    Raises:
        RefusedError: nobody can be asked.
    """
    if as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _Nobody()
    return _Asker()


class _Nobody(_Asker):
    """Where nobody can be asked, nothing is written."""

    def decide(self, proposal: Proposal) -> Proposal | None:  # noqa: ARG002 - as the other one
        """Refuse."""
        raise RefusedError(_("Nothing was written: nobody can be asked here. Add --yes to write it."))


def _write(
    context: Context, proposals: tuple[Proposal, ...], *, ask: _Asker | None, now: datetime, as_json: bool
) -> None:
    """Show, ask, and write what is left as one step."""
    from tracker.capture.writing import begins_application, name_of, with_warnings

    if ask is None:
        _refuse_open(proposals)
    elif isinstance(ask, _Nobody):
        for number, proposal in enumerate(proposals, start=1):
            show(proposal, number, err=as_json)
        ask.decide(proposals[0])
    database = open_to_write(context)
    if any(map(begins_application, proposals)):
        with database.read() as session:
            proposals = with_warnings(session, proposals)
    chosen = _chosen(proposals, ask)
    if not chosen:
        raise RefusedError(_("Nothing was written."))
    with database.change(name_of(chosen), now=now) as session:
        from prep.capturing import write_proposals

        written = write_proposals(session, chosen, now=now)
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "name": name_of(chosen),
                "proposals": [
                    {**as_document(proposal), "application": one.application_id, "company": one.company}
                    for proposal, one in zip(chosen, written, strict=True)
                ],
            }
        )
        return
    for proposal, one in zip(chosen, written, strict=True):
        _say_written(proposal, one.company, is_new=one.before is None)
    say(_("ashore undo takes it back."))


def _refuse_open(proposals: Sequence[Proposal]) -> None:
    """Refuse all when one of them cannot be written as it is."""
    for proposal in proposals:
        if not proposal.is_ready:
            reason = proposal.refusal or proposal.question
            labels = " / ".join(choice.label for choice in proposal.choices)
            raise RefusedError(f"{reason} {labels}".strip())


def _chosen(proposals: Sequence[Proposal], ask: _Asker | None) -> tuple[Proposal, ...]:
    """Those that are to be written, with their answers."""
    if ask is None:
        for proposal in proposals:
            if proposal.warning:
                tell(proposal.warning)
        return tuple(proposals)
    chosen = []
    for number, proposal in enumerate(proposals, start=1):
        show(proposal, number)
        decided = ask.decide(proposal)
        if decided is not None:
            chosen.append(decided)
    return tuple(chosen)


def _say_written(proposal: Proposal, company: str, *, is_new: bool) -> None:
    suffix = f"  ({_('new application')})" if is_new else ""
    say(f"{company}：{says(proposal)}{suffix}")
