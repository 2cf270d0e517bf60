"""Canonical bytes against a second writer and a golden file; the tree against the vectors and all small proofs."""

import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import merkle
from registry.levels import Level

GOLDEN = json.loads((Path(__file__).parent / "golden_bodies.json").read_text())
VECTOR_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
HASHES = [merkle.leaf_hash(bytes([number])) for number in range(64)]
ROOTS = [merkle.root(HASHES[:size]) for size in range(65)]

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def rfc8785(value):
    """A second writer of RFC 8785, straight from its text, for the values that a body may hold."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = (ESCAPES.get(letter, f"\\u{ord(letter):04x}" if letter < " " else letter) for letter in value)
        return '"' + "".join(escaped) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(rfc8785, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{rfc8785(key)}:{rfc8785(value[key])}" for key in keys) + "}"


def nfc(text):
    return unicodedata.normalize("NFC", text)


texts = (st.text(st.characters(codec="utf-8"), max_size=12) | st.text('กุ้ำ\n\t"\\/\x1f\x7f\u2028', max_size=8)).map(nfc)
scalars = st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | texts
keys = st.text(st.characters(max_codepoint=127), max_size=6)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=8,
)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


# --- canonical bytes ------------------------------------------------------------------------------------------------


@given(st.dictionaries(keys, values, max_size=5))
def test_bytes_are_those_of_a_second_writer(body):
    if depth(body) > 6:
        with pytest.raises(merkle.NotCanonicalError, match="deep"):
            merkle.canonical(body)
        return
    data = merkle.canonical(body)
    assert data == rfc8785(body).encode()
    assert json.loads(data) == body
    assert merkle.canonical(dict(reversed(body.items()))) == data


def test_the_golden_bodies_keep_their_bytes_for_ever():
    assert len(GOLDEN) >= 50
    for golden in GOLDEN:
        data = merkle.canonical(golden["body"])
        assert data.decode() == golden["bytes"]
        assert merkle.leaf_hash(data).hex() == golden["leaf_hash"]


def test_enumerations_and_tuples_are_written_as_what_they_hold():
    assert merkle.canonical({"level": Level.TAMBON, "marks": (6850, 0)}) == b'{"level":"tambon","marks":[6850,0]}'


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"marks": [1, 2, 68.5]}, r"\$\.marks\[2\]: float"),
        ({"a": {"b": Decimal(1)}}, r"\$\.a\.b: Decimal"),
        ({"day": date(2026, 1, 1)}, r"\$\.day: date"),
        ({"n": 2**53}, r"\$\.n: an integer beyond"),
        ({"n": [-(2**53)]}, r"\$\.n\[0\]: an integer beyond"),
        ({"t": "e\u0301"}, r"\$\.t: text is not in NFC"),
        ({"t": "\ud800"}, r"\$\.t: half a surrogate pair"),
        ({"ชื่อ": 1}, r"\$: key 'ชื่อ' is not ASCII text"),
        ({"a": {1: 2}}, r"\$\.a: key 1 is not ASCII text"),
        ({"t": b"bytes"}, r"\$\.t: bytes"),
        ({"t": {1, 2}}, r"\$\.t: set"),
        ({"a": [[[[[[]]]]]]}, r"\$\.a\[0\]\[0\]\[0\]\[0\]\[0\]: more than 6 deep"),
        ({"t": "ก" * 6000}, r"\$: 18008 bytes, more than 16384"),
        ([], r"\$: a body is a mapping"),
        ("text", r"\$: a body is a mapping"),
    ],
)
def test_what_could_be_written_in_two_ways_is_refused_by_its_path(body, path):
    with pytest.raises(merkle.NotCanonicalError, match=path):
        merkle.canonical(body)


def test_the_limits_themselves_are_allowed():
    merkle.canonical({"n": 2**53 - 1, "m": 1 - 2**53})
    merkle.canonical({"a": [[[[[]]]]]})
    assert len(merkle.canonical({"t": "x" * (16 * 1024 - 8)})) == 16 * 1024


def test_an_instant_is_utc_with_six_digits():
    assert merkle.instant(datetime(2026, 11, 21, 9, 5, tzinfo=UTC)) == "2026-11-21T09:05:00.000000Z"
    with pytest.raises(ValueError, match="zone"):
        merkle.instant(datetime(2026, 11, 21))


# --- the tree -------------------------------------------------------------------------------------------------------


def test_vectors_of_rfc_6962():
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in VECTOR_LEAVES]
    assert merkle.root([]).hex() == sha256(b"").hexdigest()
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(leaves[:1]) == leaves[0]
    assert merkle.root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_root_splits_at_the_largest_power_of_two_below():
    def by_definition(hashes):
        if len(hashes) == 1:
            return hashes[0]
        split = 1
        while split * 2 < len(hashes):
            split *= 2
        return merkle.node_hash(by_definition(hashes[:split]), by_definition(hashes[split:]))

    assert all(ROOTS[size] == by_definition(HASHES[:size]) for size in range(1, 65))


def test_every_inclusion_proof_holds_and_no_changed_one_does():
    for size in range(1, 65):
        for index in range(size):
            proof = merkle.inclusion_proof(HASHES[:size], index)
            leaf, root = HASHES[index], ROOTS[size]
            assert merkle.verify_inclusion(leaf, index, size, proof, root)
            for changed in _changed(proof):
                assert not merkle.verify_inclusion(leaf, index, size, changed, root)
            assert not merkle.verify_inclusion(leaf, index ^ 1, size, proof, root) or size == 1
            assert not merkle.verify_inclusion(leaf, index, size, proof, ROOTS[size - 1])
            assert not merkle.verify_inclusion(HASHES[(index + 1) % 64], index, size, proof, root)


def test_an_index_outside_the_tree_has_no_proof():
    assert not merkle.verify_inclusion(HASHES[0], 1, 1, [], ROOTS[1])
    assert not merkle.verify_inclusion(HASHES[0], -1, 1, [], ROOTS[1])
    for index in (-1, 3):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_proof(HASHES[:3], index)


def test_every_consistency_proof_holds_and_no_changed_one_does():
    for new in range(1, 65):
        for old in range(1, new):
            proof = merkle.consistency_proof(HASHES[:new], old)
            assert merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)
            for changed in _changed(proof):
                assert not merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], changed)
            assert not merkle.verify_consistency(old, ROOTS[old - 1], new, ROOTS[new], proof)
            assert not merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new - 1], proof)
            assert not merkle.verify_consistency(new, ROOTS[new], old, ROOTS[old], proof)


def test_a_proof_for_a_tree_of_another_height_fails():
    extra = HASHES[63]
    for size in range(2, 33):
        proof = merkle.inclusion_proof(HASHES[:size], 0)
        assert not merkle.verify_inclusion(HASHES[0], 0, 2 * size + 1, proof, ROOTS[size])
        higher = merkle.node_hash(extra, ROOTS[size])
        assert not merkle.verify_inclusion(HASHES[0], 0, size, [*proof, extra], higher)
    proof = [*merkle.consistency_proof(HASHES[:5], 3), extra]
    higher_old, higher_new = merkle.node_hash(extra, ROOTS[3]), merkle.node_hash(extra, ROOTS[5])
    assert not merkle.verify_consistency(3, higher_old, 5, higher_new, proof)


def test_a_rewritten_past_is_never_consistent():
    rewritten = [merkle.leaf_hash(b"another"), *HASHES[1:20]]
    for old in range(1, 20):
        proof = merkle.consistency_proof(rewritten, old)
        assert not merkle.verify_consistency(old, ROOTS[old], 20, merkle.root(rewritten), proof)


def test_consistency_with_nothing_and_with_itself():
    assert merkle.verify_consistency(0, ROOTS[0], 5, ROOTS[5], [])
    assert not merkle.verify_consistency(0, ROOTS[1], 5, ROOTS[5], [])
    assert merkle.verify_consistency(5, ROOTS[5], 5, ROOTS[5], merkle.consistency_proof(HASHES[:5], 5))
    assert not merkle.verify_consistency(5, ROOTS[5], 5, ROOTS[4], [])
    assert merkle.consistency_proof(HASHES[:5], 0) == []
    with pytest.raises(ValueError, match="not larger"):
        merkle.consistency_proof(HASHES[:5], 6)


def _changed(proof):
    """The proof with each node flipped by one bit in turn, with each left out, and with one more."""
    for at, node in enumerate(proof):
        yield [*proof[:at], bytes([node[0] ^ 1]) + node[1:], *proof[at + 1 :]]
        yield proof[:at] + proof[at + 1 :]
    yield [*proof, HASHES[0]]
