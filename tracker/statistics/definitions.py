"""How the figures are counted, in sentences for people: the screen and the report show them as they stand."""

from tracker.messages import _, later

DEFINITIONS = (
    later(
        "An attempt is one try at one position, from applying to its end; a revival begins a new one. Positions that "
        "were only noted are not counted."
    ),
    later(
        "The funnel: an attempt reached a step when it was there or came farther. Passed: it went on to a later step, "
        "or the pass was recorded. Not passed: it was rejected there, by silence too. The rate is passed of decided; "
        "those still waiting, withdrawn, without an opening, or refused nobody knows where are in neither."
    ),
    later(
        "Whoever came to an interview has applied, and whoever came to the 2nd has had the 1st, even if only the later "
        "one was written down. An assessment, a test or a later interview counts where it took place."
    ),
    later("An AI interview sifts: it counts as an assessment, not as an interview."),
    later(
        "An answer is the next stage, a pass, or a refusal that was said. A rejection by silence is no answer: for "
        "times it was a wait that ended without one."
    ),
    later(
        "Times are whole days from entering a step to its answer. Who still waits, withdrew or missed it counts as "
        "waiting until then (Kaplan–Meier), so that open applications do not make times look short. The pool ends no "
        "wait."
    ),
    later(
        "“Still came back” is the share of those silent for longer than this who were answered later, within the "
        "longest wait that was seen."
    ),
    later(
        "An interview counts on the day of its round, or else on the day of entering its stage; those to come, "
        "cancelled or missed are not counted. With a referral code or a referrer the channel is 内推."
    ),
    later(
        "What is known by its month alone, or not at all, counts in totals and never in times; how many were left out "
        "is said."
    ),
    later("Every figure carries its n. Below {smallest} cases nothing is compared; ranges are 95 % intervals."),
)
"""English message ids; ``definitions`` says them in the person's language."""


def definitions(*, smallest: int) -> tuple[str, ...]:
    """The sentences of ``DEFINITIONS`` in the person's language; ``smallest`` is ``values.SMALLEST_CLAIM``."""
    return tuple(_(sentence).format(smallest=smallest) for sentence in DEFINITIONS)
