"""Canonical bytes of a ledger body, and the Merkle tree of RFC 6962 over them: roots, proofs and their checks.

Canonical bytes are JSON by RFC 8785 over a part of JSON in which nothing can be written in two ways: no floats, small
integers, NFC strings, ASCII keys. A hash is 32 raw bytes; an index counts leaves from 0; a size is a number of leaves.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

GREATEST_INTEGER = 2**53 - 1
GREATEST_DEPTH = 6
GREATEST_BYTES = 16 * 1024
EMPTY_ROOT = sha256(b"").digest()


class NotCanonicalError(ValueError):
    """A body has no canonical bytes; the message begins with the path of what stands in the way."""


# --- canonical bytes ------------------------------------------------------------------------------------------------


def canonical(body: Mapping[str, object]) -> bytes:
    """The one byte form of `body`, which is what is hashed and stored.

    Takes strings (NFC), booleans, None, integers up to 2⁵³ − 1 either way, lists and mappings with ASCII keys, six deep
    with the body itself, 16 KB in all. Refuses everything else with NotCanonicalError, a ValueError that begins with
    the path ($.marks[2]).
    """
    if not isinstance(body, Mapping):
        raise NotCanonicalError("$: a body is a mapping")
    data = json.dumps(
        _plain(body, "$", 1), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    if len(data) > GREATEST_BYTES:
        raise NotCanonicalError(f"$: {len(data)} bytes, more than {GREATEST_BYTES}")
    return data


def instant(at: datetime) -> str:
    """An aware time as it is written in a body: RFC 3339, UTC, six digits of a second, Z."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: object, path: str, depth: int) -> object:
    """`value` in plain types, or NotCanonicalError at `path`; a container at `depth` counts itself."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _small(int(value), path)
    if isinstance(value, str):
        return _clean(str(value), path)
    if not isinstance(value, Mapping | list | tuple):
        raise NotCanonicalError(f"{path}: {type(value).__name__} has no canonical form")
    if depth > GREATEST_DEPTH:
        raise NotCanonicalError(f"{path}: more than {GREATEST_DEPTH} deep")
    if isinstance(value, Mapping):
        return {_key(key, path): _plain(inner, f"{path}.{key}", depth + 1) for key, inner in value.items()}
    return [_plain(inner, f"{path}[{at}]", depth + 1) for at, inner in enumerate(value)]


def _small(number: int, path: str) -> int:
    if abs(number) > GREATEST_INTEGER:
        raise NotCanonicalError(f"{path}: an integer beyond 2^53 - 1")
    return number


def _clean(text: str, path: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotCanonicalError(f"{path}: half a surrogate pair")
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonicalError(f"{path}: text is not in NFC")
    return text


def _key(key: object, path: str) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise NotCanonicalError(f"{path}: key {key!r} is not ASCII text")
    return str(key)


# --- hashes and roots -----------------------------------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none, SHA-256 of the empty string."""
    return _levels(hashes)[-1][0] if hashes else EMPTY_ROOT


def _levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The tree level by level, leaves first; an odd last hash moves up as it is, which is the split of RFC 6962."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append(above + below[len(above) * 2 :])
    return levels


# --- proofs ---------------------------------------------------------------------------------------------------------


def inclusion_proof(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The siblings from the leaf at `index` up to the root of all `hashes`; refuses an index outside (ValueError)."""
    if not 0 <= index < len(hashes):
        raise ValueError("no leaf at this index")
    proof = []
    for level in _levels(hashes)[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        index >>= 1
    return proof


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows the leaf hash at `index` in the tree of `size` leaves with this `root`."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node_hash(sibling, found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """The nodes that show the tree of the first `old_size` leaves inside the tree of all `hashes`.

    Empty for sizes 0 and all; refuses an old size beyond the tree (ValueError).
    """
    if not 0 <= old_size <= len(hashes):
        raise ValueError("the older tree is not larger than the newer one")
    return _subproof(hashes, old_size, whole=True) if old_size else []


def _subproof(hashes: Sequence[bytes], old_size: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962; `whole` while the older tree's own root is known to the one who checks."""
    size = len(hashes)
    if old_size == size:
        return [] if whole else [root(hashes)]
    split = 1 << (size - 1).bit_length() - 1
    if old_size <= split:
        return [*_subproof(hashes[:split], old_size, whole=whole), root(hashes[split:])]
    return [*_subproof(hashes[split:], old_size - split, whole=False), root(hashes[:split])]


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `new_size` leaves only added to the one of `old_size`."""
    if old_size == 0:
        return new_size >= 0 and old_root == EMPTY_ROOT and not proof
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return old_root == new_root and not proof
    at, last = old_size - 1, new_size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    path = list(proof) if at else [old_root, *proof]
    if not path:
        return False
    old_found = new_found = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old_found, new_found = node_hash(node, old_found), node_hash(node, new_found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            new_found = node_hash(new_found, node)
        at, last = at >> 1, last >> 1
    return last == 0 and old_found == old_root and new_found == new_root
