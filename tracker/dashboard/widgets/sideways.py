"""The keys that move what is wider than the screen."""

from textual.binding import Binding

from tracker.messages import later

SIDEWAYS = (
    Binding(
        "shift+right,greater_than_sign,》",
        "sideways(1)",
        later("what is further right"),
        show=False,
        id="text.right",
        key_display=">",
    ),
    Binding(
        "shift+left,less_than_sign,《",
        "sideways(-1)",
        later("what is further left"),
        show=False,
        id="text.left",
        key_display="<",
    ),
)
"""For widgets with an action ``sideways``: half a width to the right, or to the left."""
