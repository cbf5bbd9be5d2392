"""What an application says about itself, in words."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.board_filter import TAG
from tracker.dashboard.views.short_times import exact_time
from tracker.deadlines import typed_deadline
from tracker.messages import _
from tracker.offers.states import is_taken
from tracker.offers.wording import pay_words, show_money
from tracker.stages import Precision

if TYPE_CHECKING:
    from tracker.dashboard.views.company_reading import ApplicationStory


def preference_words(preference: int | None) -> str:
    """Which choice (第几志愿) a position is; nothing when that is not known."""
    return _("choice {n}").format(n=preference) if preference is not None else ""


def adjustable_word(*, adjustable: bool | None) -> str:
    """Whether another position would do (服从调剂); nothing when that is not known."""
    if adjustable is None:
        return ""
    return _("adjustable") if adjustable else _("this position only")


def application_details(story: "ApplicationStory", now: datetime) -> list[str]:
    """The details below an application's title on the page of its company; the link as it is."""
    deadline = story.deadline_at
    words = (
        preference_words(story.preference),
        adjustable_word(adjustable=story.adjustable),
        _("through {channel}").format(channel=story.channel) if story.channel else "",
        _("referred by {name}").format(name=story.referrer) if story.referrer else "",
        _("code {code}").format(code=story.referral_code) if story.referral_code else "",
        _("résumé {version}").format(version=story.resume) if story.resume else "",
        _("until {time}").format(time=exact_time(deadline, Precision.MINUTE, now)) if deadline else "",
        " ".join(TAG + tag for tag in story.tags),
        story.link,
        story.note.strip(),
    )
    return [text for text in words if text]


def offer_details(story: "ApplicationStory", now: datetime) -> list[str]:
    """What is offered, what is signed, and until when something is to be answered."""
    offer, agreement = story.offer, story.agreement
    zone = now.tzinfo or UTC
    is_signed = agreement is not None and agreement.signed_on is not None and agreement.broken_on is None
    found = []
    if offer is not None and offer.base_pay is not None:
        found.append(f"offer {pay_words(offer.base_pay, offer.months, offer.currency)}")
    if is_signed:
        found.append(_("agreement signed"))
    elif story.standing.active:
        standing = story.standing
        taken = is_taken(stage=standing.stage, phase=standing.phase, outcome=standing.outcome)
        until = ((_("answer until"), None if taken else offer), (_("sign until"), agreement))
        found += [
            f"{word} {typed_deadline(terms.deadline_at, zone)}"
            for word, terms in until
            if terms is not None and terms.deadline_at is not None
        ]
    if agreement is not None and agreement.penalty is not None:
        found.append(f"{_('penalty')} {show_money(agreement.penalty)}")
    return found
