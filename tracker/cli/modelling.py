"""``ashore model``: the language model that may play the interviewer, its key, and the consent to send to it."""

import os
import sys
import time
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun, open_to_read
from tracker.cli.output import print_json, print_table, say, tell
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.words import key_source_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prep.interviewing.model_offer import ModelOffer
    from prep.interviewing.model_settings import ModelAccess
    from tracker.settings import ModelChoice


@command(
    "model",
    summary=_(
        "Show the language model that may play the interviewer in mock interviews: an option, for they work without"
        " one. Name it in [model] of config.toml (url, name) or by ASHORE_MODEL_URL and ASHORE_MODEL; any"
        " OpenAI-compatible endpoint will do. Keys come from ASHORE_MODEL_KEY, the keyring, or a file that you alone"
        " can read. Nothing is sent before you have seen what, and agreed."
    ),
    shape="""{"url","model","local","key":{"source"},"timeout_seconds","proxy","agreed","prompts":{"id","version"},
"problem","check"}
url and model are null without a model; key.source is environment, keyring, file or null; the key itself is never told.
problem says why the settings are refused, or is null. With --check: "check":{"reachable","seconds","reason"}.
With --set-key or --forget-key: {"url","key":{"source"},"forgotten":[source]}. With --revoke: {"url","agreed"}.""",
)
@click.option("--check", is_flag=True, help=_("Ask the model for one word, to see whether it answers."))
@click.option("--set-key", is_flag=True, help=_("Read a key (hidden) and keep it in the keyring or a 0600 file."))
@click.option("--forget-key", is_flag=True, help=_("Forget the key that is kept for this endpoint."))
@click.option("--preview", is_flag=True, help=_("Print every kind of request word for word."))
@click.option("--revoke", is_flag=True, help=_("Take back the consent to send to this endpoint."))
@json_option()
def model(
    context: Context,
    *,
    check: bool,
    set_key: bool,
    forget_key: bool,
    preview: bool,
    revoke: bool,
    as_json: bool,
) -> None:
    """Do what is asked for."""
    if check + set_key + forget_key + preview + revoke > 1:
        raise click.UsageError(_("One thing at a time."))
    from tracker.settings import load_settings

    choice = load_settings(context.settings_path).model
    if set_key or forget_key:
        _change_key(choice, forget=forget_key, as_json=as_json)
    elif revoke:
        _revoke(context, choice, as_json=as_json)
    elif preview:
        _preview(_named(_offer(context, choice)))
    else:
        _show(_offer(context, choice), choice, check=check, as_json=as_json)


def _offer(context: Context, choice: "ModelChoice") -> "ModelOffer":
    from prep.interviewing.model_offer import ModelOffer, find_offer
    from prep.interviewing.model_settings import find_access, load_keyring, names_model

    keyring = load_keyring() if names_model(choice, os.environ) else None
    database = open_to_read(context)
    if database is not None:
        with database.read() as session:
            return find_offer(session, choice, environment=os.environ, keyring=keyring)
    try:
        return ModelOffer(find_access(choice, environment=os.environ, keyring=keyring))
    except AshoreError as error:
        return ModelOffer(refusal=str(error))


def _named(offer: "ModelOffer") -> "ModelAccess":
    if offer.access is None:
        raise RefusedError(offer.refusal or _none_named())
    return offer.access


def _none_named() -> str:
    return _(
        "No language model is named; mock interviews work without one. To use one, write into config.toml: "
        '[model], url = "http://localhost:11434/v1", name = "qwen3" (or set {url} and {name}).'
    ).format(url="ASHORE_MODEL_URL", name="ASHORE_MODEL")


def _show(offer: "ModelOffer", choice: "ModelChoice", *, check: bool, as_json: bool) -> None:
    access = offer.access
    checked = _check(_named(offer)) if check else None
    if as_json:
        print_json(_as_json(offer, choice, checked))
    elif access is None:
        raise RefusedError(offer.refusal or _none_named())
    else:
        _print(offer, access)
        if checked is not None and checked["reachable"]:
            say(_("It answers: {seconds} s.").format(seconds=checked["seconds"]))
    if checked is not None and not checked["reachable"]:
        if not as_json:
            tell(str(checked["reason"]))
        click.get_current_context().exit(1)


def _as_json(offer: "ModelOffer", choice: "ModelChoice", checked: "Mapping[str, object] | None") -> dict[str, object]:
    from prep.interviewing.model_prompts import load_prompts

    access, prompts = offer.access, load_prompts()
    return {
        "url": access.url if access else None,
        "model": access.name if access else None,
        "local": access.is_local if access else None,
        "key": {"source": (access.key_source or None) if access else None},
        "timeout_seconds": access.timeout if access else choice.timeout,
        "proxy": (access.proxy or None) if access else None,
        "agreed": offer.is_agreed,
        "prompts": {"id": prompts.id, "version": prompts.version},
        "problem": offer.refusal or None,
        **({"check": checked} if checked is not None else {}),
    }


def _print(offer: "ModelOffer", access: "ModelAccess") -> None:
    place = _("this machine") if access.is_local else _("another machine, encrypted")
    rows = [
        (_("address"), access.url),
        (_("which is"), place),
        (_("model"), access.name),
        (_("key"), key_source_word(access.key_source)),
        (_("consent"), _("given") if offer.is_agreed else _("not given; the setup of a mock interview asks (i)")),
    ]
    print_table((_("what"), _("setting")), rows)


def _check(access: "ModelAccess") -> dict[str, object]:
    """Ask for one word. Nothing of the person's is in the request."""
    from prep.interviewing.model_client import ChatMessage, ModelClient, ModelError

    begun = time.monotonic()
    reason: str | None = None
    try:
        ModelClient(access).ask((ChatMessage("user", "Reply with the one word: ready"),))
    except ModelError as error:
        reason = str(error)
    return {"reachable": reason is None, "seconds": round(time.monotonic() - begun, 1), "reason": reason}


def _preview(access: "ModelAccess") -> None:
    from prep.interviewing.model_offer import preview_requests
    from tracker.messages import language_from_environment

    language = "zh" if language_from_environment().startswith("zh") else "en"
    texts = preview_requests(
        access, company=_("(the company)"), position=_("(the position)"), stage=_("(the round)"), language=language
    )
    say("\n\n\n".join(texts))


def _change_key(choice: "ModelChoice", *, forget: bool, as_json: bool) -> None:
    from prep.interviewing.model_settings import KEYRING, check_key, forget_key, keep_key, load_keyring, named_url

    url = named_url(choice, os.environ)
    if not url or choice.folder is None:
        raise RefusedError(_none_named())
    keyring = load_keyring()
    forgotten: tuple[str, ...] = ()
    source: str | None = None
    if forget:
        forgotten = forget_key(url=url, folder=choice.folder, keyring=keyring)
    else:
        source = keep_key(check_key(_read_key()), url=url, folder=choice.folder, keyring=keyring)
    if as_json:
        print_json({"url": url, "key": {"source": source}, "forgotten": list(forgotten)})
    elif source is not None:
        in_keyring = _("The key for {url} is kept in the keyring.")
        tell(
            (
                in_keyring if source == KEYRING else _("The key for {url} is kept in a file that you alone can read.")
            ).format(url=url)
        )
    elif forgotten:
        tell(_("The key for {url} is forgotten.").format(url=url))
    else:
        tell(_("No key is kept for {url}.").format(url=url))


def _read_key() -> str:
    """From the terminal, unseen; or the first line of what is piped in, so that no shell keeps it."""
    if sys.stdin.isatty():
        found: str = click.prompt(_("Key"), hide_input=True, err=True, default="", show_default=False)
        return found
    return sys.stdin.readline()


def _revoke(context: Context, choice: "ModelChoice", *, as_json: bool) -> None:
    from prep.interviewing.model_settings import named_url

    url = named_url(choice, os.environ)
    if not url:
        raise RefusedError(_none_named())
    database = open_begun(context)
    from prep.interviewing.model_consent import take_back_consent

    with database.change(_("Language model taken back"), now=context.now, kind="setting") as session:
        had = take_back_consent(session, url=url)
    if as_json:
        print_json({"url": url, "agreed": False})
    else:
        tell(_("Nothing is sent to {url} any more.").format(url=url) if had else _("There was no consent."))
