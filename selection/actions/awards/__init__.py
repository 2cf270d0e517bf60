"""Stage 5: the national committee decides and certifies; what it certified is announced, numbered and listed."""

from selection.actions.awards.announcing import announce, announcing_refusals, unannounced
from selection.actions.awards.certifying import certify
from selection.actions.awards.deciding import Weighed, bands_of, decide, decide_rest, weigh

__all__ = [
    "Weighed", "announce", "announcing_refusals", "bands_of", "certify", "decide", "decide_rest", "unannounced", "weigh",
]  # fmt: skip
