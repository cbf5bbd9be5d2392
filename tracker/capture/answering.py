"""What a proposal becomes when the person answers what it asks."""

from tracker.capture.proposals import Action, Choice, Proposal
from tracker.stages import Phase


def answer(proposal: Proposal, choice: Choice) -> Proposal:
    """The proposal with its question answered by one of its choices."""
    changed = proposal._replace(question="", choices=())
    if choice.company_id is not None or choice.application_id is not None:
        changed = changed._replace(
            company=choice.company or proposal.company,
            company_id=choice.company_id,
            application_id=choice.application_id,
        )
        changed = _as_sent(changed)
    elif choice.company:
        changed = changed._replace(company=choice.company, company_id=None, application_id=None)
    if choice.stage:
        changed = changed._replace(stage=choice.stage, phase=choice.phase)
    if choice.action:
        changed = changed._replace(action=Action(choice.action))
    if choice.outcome:
        changed = changed._replace(outcome=choice.outcome)
    return changed


def _as_sent(proposal: Proposal) -> Proposal:
    """An application that is sent is a new one, or the stage of one that is there."""
    if proposal.phase != Phase.APPLIED or proposal.action not in (Action.APPLY, Action.STAGE):
        return proposal
    return proposal._replace(action=Action.APPLY if proposal.application_id is None else Action.STAGE)
