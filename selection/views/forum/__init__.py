"""The tambon forum on the web."""

from selection.views.forum.acts import (
    ForumBring,
    ForumChoose,
    ForumLineRecord,
    ForumRecord,
    ForumSettle,
    ForumShow,
    ForumTakeBack,
)
from selection.views.forum.places import ForumList

__all__ = [
    "ForumBring",
    "ForumChoose",
    "ForumLineRecord",
    "ForumList",
    "ForumRecord",
    "ForumSettle",
    "ForumShow",
    "ForumTakeBack",
]
