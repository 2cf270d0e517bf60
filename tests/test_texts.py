"""Both languages are complete: every sentence has its Thai, with the same places in it, and nothing unused is kept."""

import re
import string

import polib

from otop.management.commands.messages import CATALOGUE, said_anywhere

PLACES = re.compile(r"%\((\w+)\)[sd]")


def thai() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def test_every_sentence_has_its_thai() -> None:
    held = thai()
    assert sorted(said for said in set(said_anywhere()) if not held.get(said)) == []


def test_the_catalogue_keeps_nothing_that_nobody_says() -> None:
    assert sorted(thai().keys() - set(said_anywhere())) == []


def test_thai_has_the_same_places_as_english() -> None:
    assert [said for said, thai_words in thai().items() if set(PLACES.findall(said)) != set(PLACES.findall(thai_words))] == []


def test_thai_is_thai() -> None:
    """A sentence of three English words or more is not left in English."""
    left = [
        said for said, words in thai().items()
        if len(said.split()) >= 3 and not re.search("[\u0e00-\u0e7f]", words) and set(words) & set(string.ascii_lowercase)
    ]  # fmt: skip
    assert left == []
