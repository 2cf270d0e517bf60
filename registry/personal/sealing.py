"""Sealing personal values with AES-256-GCM, bound to their row and field, and keyed indexes to find them by.

A sealed value is `version:base64(nonce and ciphertext)`. The table, the row's public id and the field are its associated
data, so a value moved to another row or field does not open. Keys stand outside the database, by version: new values
take the newest key, old ones are read with theirs.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LOOKS_SEALED = r"^([0-9]+:[A-Za-z0-9+/]{38,}={0,2})?$"  # sealed, or nothing at all
NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed value does not open: its key is gone, or it belongs to another row."""


def seal(text: str, *, table: str, row: str, field: str) -> str:
    """`text` sealed for this field of this row with the newest key; nothing stays nothing."""
    if not text:
        return ""
    version = settings.PERSONAL_KEYS.newest()
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(_key(settings.PERSONAL_KEYS.text(version), "seal")).encrypt(
        nonce, text.encode(), _place(table, row, field)
    )
    return f"{version}:{base64.b64encode(nonce + closed).decode()}"


def unseal(sealed: str, *, table: str, row: str, field: str) -> str:
    """What was sealed for this field of this row; Unreadable for anything else, never saying what it held."""
    if not sealed:
        return ""
    try:
        version, _, closed = sealed.partition(":")
        held = base64.b64decode(closed, validate=True)
        key = AESGCM(_key(settings.PERSONAL_KEYS.text(int(version)), "seal"))
        return key.decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], _place(table, row, field)).decode()
    except (InvalidTag, KeyError, ValueError):
        raise Unreadable(f"{table} {row} {field}") from None


def is_current(sealed: str) -> bool:
    """Whether a sealed value (or nothing) is sealed with the newest key."""
    return not sealed or sealed.startswith(f"{settings.PERSONAL_KEYS.newest()}:")


def blind_key(text: str, field: str) -> str:
    """HMAC-SHA-256 of the value with a key of its own, for finding equal values of `field`; nothing for nothing."""
    if not text:
        return ""
    return hmac.new(_key(settings.PERSONAL_INDEX_KEY, field), text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def _key(text: str, purpose: str) -> bytes:
    """32 bytes from a key's text, different for each purpose."""
    return HKDF(SHA256(), length=32, salt=None, info=f"otop personal data: {purpose}".encode()).derive(text.encode())


def _place(table: str, row: str, field: str) -> bytes:
    return f"{table}/{row}/{field}".encode()
