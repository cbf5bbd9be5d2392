"""The fields of an offer and of an agreement, and what stands behind each while it is typed."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from tracker.dashboard.dialogs.application_form import shown_deadline
from tracker.dashboard.widgets.form import FormField
from tracker.errors import AshoreError
from tracker.messages import _
from tracker.offers.checking import check_agreement, check_offer
from tracker.offers.entering import change_agreement, change_offer, typed_agreement, typed_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.offers.wording import hukou_word, show_money


def offer_fields(was: OfferTerms, *, now: datetime) -> tuple[FormField, ...]:
    """The fields of an offer, filled with what is known."""
    typed = typed_offer(was, zone=now.tzinfo or UTC)

    def field(name: str, label: str, placeholder: str = "", *, lines: bool = False) -> FormField:
        return FormField(name, label, typed[name], placeholder, lines, remark=_remark(name, was, now))

    return (
        field("base_pay", _("Pay a month"), "25k · 25k*15.5 · 2.5万"),
        field("months", _("Months a year"), "15.5"),
        field("bonus", _("Bonus a year"), _("beside those months")),
        field("signing", _("Signing bonus"), "5w"),
        field("share_value", _("Shares"), _("all of them: 20w · 2000股×35")),
        field("vesting", _("Vesting"), "25/25/25/25 · 4年均分"),
        field("fund_base", _("Housing fund from"), _("the monthly pay it is counted from")),
        field("fund_share", _("Housing fund"), "12%"),
        field("allowance", _("Allowance"), _("a month: rent, meals")),
        field("city", _("City")),
        field("hukou", _("Hukou"), _("yes · maybe · no")),
        field("level", _("Level"), "P6 · T5"),
        field("weekly_hours", _("Hours a week"), "50"),
        field("received_on", _("Received"), _("yesterday · 3.24")),
        field("deadline_at", _("Answer until"), _("4.1 · next friday 18:00")),
        field("currency", _("Currency"), _("CNY, where nothing stands here")),
        field("marks", _("Own marks"), _("0 to 10: team=8, work=7, growth=9")),
        field("assumptions", _("Assumed here"), _("only of this offer: {example}").format(example="raise=5")),
        field("note", _("Note"), lines=True),
    )


def _remark(name: str, was: OfferTerms, now: datetime) -> Callable[[str], str] | None:
    """What a field means, while it is typed; nothing for those that mean what they say."""
    if name in ("level", "city", "note"):
        return None

    def remark(text: str) -> str:
        if not text.strip():
            return ""
        try:
            read = change_offer(OfferTerms(currency=was.currency), {name: text}, now=now)
        except AshoreError:
            return _("not understood")
        return _meaning(name, read, now)

    return remark


def _meaning(name: str, read: OfferTerms, now: datetime) -> str:
    value = getattr(read, name)
    if name == "base_pay" and read.months is not None:
        return f"→ {show_money(value, read.currency)} × {read.months:g}"
    if name in ("base_pay", "bonus", "signing", "share_value", "fund_base", "allowance"):
        return f"→ {show_money(value, read.currency)}"
    if name == "hukou":
        return f"→ {hukou_word(value)}"
    if name == "received_on":
        return f"→ {value:%Y-%m-%d}"
    return f"→ {shown_deadline(value, now)}" if name == "deadline_at" else ""


def read_offer(values: Mapping[str, str], *, was: OfferTerms, now: datetime) -> OfferTerms:
    """The terms that the fields say; a currency named beside a sum counts where its own field is empty.

    Raises:
        RefusedError: a field means nothing, or two currencies are named.
    """
    says_nothing = not values["currency"] and not was.currency
    return change_offer(was, {name: values[name] for name in values if name != "currency" or not says_nothing}, now=now)


def verify_offer(was: OfferTerms, *, now: datetime) -> Callable[[Mapping[str, str]], str]:
    """Tells why the fields of an offer cannot be written."""

    def verify(values: Mapping[str, str]) -> str:
        try:
            check_offer(read_offer(values, was=was, now=now), today=now.date())
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def agreement_fields(was: AgreementTerms, *, now: datetime) -> tuple[FormField, ...]:
    """The fields of an agreement, filled with what is known."""
    typed = typed_agreement(was, zone=now.tzinfo or UTC)

    def day(name: str, label: str) -> FormField:
        return FormField(name, label, typed[name], _("yesterday · 3.24"), remark=meaning(name))

    def meaning(name: str) -> Callable[[str], str]:
        def remark(text: str) -> str:
            if not text.strip():
                return ""
            try:
                value = getattr(change_agreement(AgreementTerms(), {name: text}, now=now), name)
            except AshoreError:
                return _("not understood")
            if name == "penalty":
                return f"→ {show_money(value)}"
            return f"→ {shown_deadline(value, now)}" if name == "deadline_at" else f"→ {value:%Y-%m-%d}"

        return remark

    return (
        day("received_on", _("Received")),
        FormField(
            "deadline_at",
            _("Sign until"),
            typed["deadline_at"],
            _("4.1 · next friday 18:00"),
            remark=meaning("deadline_at"),
        ),
        FormField("penalty", _("Penalty"), typed["penalty"], "5000", remark=meaning("penalty")),
        day("signed_on", _("Signed")),
        day("broken_on", _("Broken")),
        day("released_on", _("Letter of release")),
        FormField("note", _("Note"), typed["note"], lines=True),
    )


def verify_agreement(was: AgreementTerms, *, now: datetime) -> Callable[[Mapping[str, str]], str]:
    """Tells why the fields of an agreement cannot be written."""

    def verify(values: Mapping[str, str]) -> str:
        try:
            check_agreement(change_agreement(was, values, now=now), today=now.date())
        except AshoreError as error:
            return str(error)
        return ""

    return verify
