"""``ashore``: the group of commands. Nothing is imported here that the dashboard's first paint must not wait for."""

from importlib import import_module

import click

from tracker.cli.commanding import TranslatedOption, current_context, global_options
from tracker.cli.context import settings_path
from tracker.cli.helping import TranslatedHelp, WideContext
from tracker.cli.opening import open_dashboard
from tracker.cli.output import say, tell
from tracker.errors import AshoreError
from tracker.messages import _, later, prefer_language
from tracker.resources import resource

COMMANDS = {
    "demo": ("trying:demo", later("Open the dashboard on throw-away demo data.")),
    "import": ("importing:import_notes", later("Import the notes your job hunt lives in.")),
    "companies": ("listing:companies", later("List companies by tier.")),
    "applications": ("listing:applications", later("List applications and where they stand.")),
    "views": ("viewing:views", later("List the saved views of the board.")),
    "view": ("viewing:view", later("Keep a view of the board under a name.")),
    "history": ("histories:history", later("Show what happened at a company.")),
    "move": ("moving:move", later("Put an application into a stage, or record how it ended.")),
    "round": ("rounds:round_command", later("Plan or change a round: a test, an interview, a window.")),
    "edit": ("editing:edit", later("Change what an application says about itself.")),
    "correct": ("histories:correct", later("Correct an event; its first wording is kept.")),
    "retract": ("histories:retract", later("Take an event out of the history; it is kept aside.")),
    "seasons": ("seasons:seasons", later("Set the seasons of your hunt side by side.")),
    "season": ("seasons:season", later("Make a season the current one, or begin one.")),
    "carry": ("seasons:carry", later("Carry an application over to another season.")),
    "log": ("capturing:log", later("Write down what happened, in your own words.")),
    "agenda": ("agenda:agenda", later("Show what is due: rounds, windows, deadlines, follow-ups.")),
    "stats": ("statistics:stats", later("Tell what the hunt tells, as text, JSON or a page with charts.")),
    "offers": ("offers:offers", later("Compare your offers and see what each choice costs.")),
    "offer": ("offers:offer", later("Record, answer or show what a company offers.")),
    "agreement": ("agreements:agreement", later("Record, sign or break a three-party agreement.")),
    "week": ("weekly:week", later("Review a week: what moved, what went silent, what is next.")),
    "follow-ups": ("following_up:follow_ups", later("List applications silent for too long, or resolve them.")),
    "company": ("naming:company", later("Show one company, or change what is known of it.")),
    "alias": ("naming:alias", later("Give a company another name, or take one away.")),
    "duplicates": ("merging:duplicates", later("List companies that may be one.")),
    "merge": ("merging:merge", later("Merge one company into another.")),
    "undo": ("undoing:undo_step", later("Take back the last step.")),
    "redo": ("undoing:redo_step", later("Bring back the step undone last.")),
    "revert": ("undoing:revert_step", later("Take back one older step and keep what came since.")),
    "changes": ("undoing:changes", later("List the steps that were written, or what one of them did.")),
    "brief": ("briefing:brief", later("Print the briefing for a company's next round.")),
    "checklist": ("checklists:checklist", later("Show or tick what is to be ready for a round.")),
    "drill": ("drilling:drill", later("Plan what to practise before a round, or over a week.")),
    "code": ("coding:code", later("List coding tasks, the ones worth practising first.")),
    "introductions": ("introducing:introductions", later("List your self-introductions, or show one.")),
    "stories": ("telling:stories", later("List your stories and the questions that they answer.")),
    "claims": ("telling:claims", later("List what you claim in numbers, and what contradicts itself.")),
    "hr": ("telling:hr", later("List your answers to what HR asks, for one company.")),
    "reverse": ("telling:reverse", later("List what to ask back, and where it was asked.")),
    "questions": ("preparing:questions", later("List questions of your bank.")),
    "topics": ("topics:topics", later("List the topics of your bank, or arrange them.")),
    "practice": ("preparing:practice", later("Record one practice of a question.")),
    "practise": ("practising:practise", later("Practise what is due today.")),
    "memory": ("remembering:memory", later("Show what is known of your memory, or fit its parameters.")),
    "debrief": ("debriefing:debrief", later("Write down how a round went while it is fresh.")),
    "practice-log": ("practice_logging:practice_log", later("Show what was practised for a company, and asked there.")),
    "mock": ("mocking:mock", later("Hold a mock interview for a company's next round.")),
    "model": ("modelling:model", later("Show the language model that may ask in mock interviews, or set its key.")),
    "corrections": ("correcting:corrections", later("List what you said of lines that were read wrongly.")),
    "review": ("reviewing:review", later("List what imports left for you to decide.")),
    "export": ("keeping:export", later("Write everything into one JSON file.")),
    "backup": ("keeping:backup", later("Make a verified backup now.")),
    "restore": ("keeping:restore", later("Restore a backup; what is there is backed up first.")),
    "doctor": ("keeping:doctor", later("Examine the database and its newest backup.")),
}
"""Name → where the command is, and its short help; in the order in which a hunt needs them."""


class LazyGroup(TranslatedHelp, click.Group):
    """A group that imports a command when it is run, and turns expected errors into one line and exit status 1."""

    context_class = WideContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click declares it
        """The names, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click declares it
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        found = getattr(import_module(f"tracker.cli.{module}"), attribute)
        return found if isinstance(found, click.Command) else None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as click declares it
        """What the program is for, in the language of this process."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                _("Ashore holds your job hunt: companies, applications, rounds, and what to prepare for the next one.")
            )
            formatter.write_paragraph()
            formatter.write_text(_("Without a command it opens the dashboard."))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as click declares it
        """The commands with their short help; none is imported for that."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(summary)) for name, (_target, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reason to refuse it is one line on stderr."""
        try:
            _choose_language_of_settings(ctx)
            return super().invoke(ctx)
        except AshoreError as error:
            tell(str(error))
            ctx.exit(1)


_SLIP = "ashore.settings-error"


def _choose_language_of_settings(ctx: click.Context) -> None:
    """The language of ``config.toml``, unless ``--lang`` or ``ASHORE_LANG`` names one."""
    path = settings_path()
    if not path.exists():
        return
    from tracker.settings import load_settings

    try:
        language = load_settings(path).language
    except AshoreError as error:
        ctx.meta[_SLIP] = error
        return
    prefer_language(language)


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        say(f"ashore {_version()}")
        ctx.exit()


def _version() -> str:
    """The version of the installed program, else of the checkout it runs from."""
    from importlib import metadata

    try:
        return metadata.version("ashore")
    except metadata.PackageNotFoundError:
        import tomllib

        with resource("pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])


@click.group(
    "ashore",
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    cls=TranslatedOption,
    help=later("Show the version and leave."),
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Open the dashboard when no command is named."""
    if ctx.invoked_subcommand is not None:
        if _SLIP in ctx.meta:
            tell(str(ctx.meta[_SLIP]))  # it must not stand between a person and their backup
        return
    from tracker.settings import load_settings

    context = current_context()
    ctx.exit(open_dashboard(context, load_settings(context.settings_path)))


program.params[:0] = global_options(with_environment=True)
