"""What a person does to the tree of topics beside the questions."""

from typing import TYPE_CHECKING

from tracker.dashboard.screens.question_filters import FilteredQuestions
from tracker.dashboard.widgets.topic_tree import TopicTree
from tracker.messages import _

if TYPE_CHECKING:
    from prep.topics import TopicRow


class ArrangedTopics(FilteredQuestions):
    """The tree, and what its keys do; the dialogs are loaded when they are opened."""

    def __init__(self) -> None:
        super().__init__()
        self._arranged: int | None = None
        """The topic that the cursor goes to when the bank is read again."""

    @property
    def topic_tree(self) -> TopicTree:
        """The topics."""
        return self.query_one(TopicTree)

    def reach_arranged(self) -> None:
        """Put the cursor on what was arranged, once it is there."""
        if self._arranged is not None and self._arranged in self.topic_tree.topics:
            self.topic_tree.reach(self._arranged)
            self._arranged = None

    def _reach_when_read(self, topic_id: int) -> None:
        self._arranged = topic_id
        self.reach_arranged()

    def _current_topic(self) -> "TopicRow | None":
        topic = self.topic_tree.current
        if topic is None:
            self.complain(_("Go to a topic first: Tab, then the arrows."))
        return topic

    def action_rename_topic(self) -> None:
        """Give the topic under the cursor another name."""
        topic = self._current_topic()
        if topic is not None:
            from tracker.dashboard.dialogs.topic_dialogs import ask_new_name

            ask_new_name(self, topic)

    def action_merge_topic(self) -> None:
        """Merge the topic under the cursor into another."""
        topic = self._current_topic()
        if topic is not None:
            from tracker.dashboard.dialogs.topic_dialogs import ask_merge

            ask_merge(self, topic, self.bank.topics, self._reach_when_read)

    def action_move_topic(self) -> None:
        """Put the topic under the cursor into another."""
        topic = self._current_topic()
        if topic is not None:
            from tracker.dashboard.dialogs.topic_dialogs import ask_place

            ask_place(self, topic, self.bank.topics, self._reach_when_read)
