"""One-time codes, by which the owner of a login sets his password once; and his changing of it later."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from registry.actions.acts import moment, note
from registry.actions.people import password_strong
from registry.models import LoginCode, User
from registry.public_ids import ALPHABET
from registry.refusal import N_, Refusal, Refused, refuse, require
from registry.rules.appointments import CODE_DAYS, code_holds, may_give_code

LETTERS = 12  # of base 32: 60 bits
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


@transaction.atomic
def give_code(*, by: User | None, user: User, at: datetime | None = None) -> str:
    """A fresh code for `user`, shown once and kept as a keyed digest only; the one before holds no longer.

    His password goes on holding until the code is used.
    """
    now = moment(at)
    require(may_give_code(by, user, now))
    code = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    LoginCode.objects.update_or_create(
        user=user, defaults={"digest": _digest(user, code), "by": by, "at": now, "used_at": None}
    )
    note("login_code_given", user, by=by, at=now)
    return "-".join(code[part : part + 4] for part in range(0, LETTERS, 4))


@transaction.atomic
def set_password(*, username: str, code: str, password: str, at: datetime | None = None) -> User:
    """Sets the password of who holds the code, which is used up; every session of the login ends with it.

    An unknown name, a closed login and a wrong, used or old code get one and the same refusal.
    """
    now = moment(at)
    named = User.objects.filter(username=username.strip().lower(), is_active=True)
    user: User | None = named.select_for_update(no_key=True).first()
    given = LoginCode.objects.select_for_update().filter(user=user).first() if user else None
    if user is None or not code_holds(given, _digest(user, code), now):
        raise Refused((_wrong(),))
    require(password_strong(password, user))
    user.set_password(password)
    user.save(update_fields=["password"])
    LoginCode.objects.filter(user=user).update(used_at=now)
    note("password_set", user, by=user, at=now)
    return user


@transaction.atomic
def change_password(*, by: User, old: str, password: str, at: datetime | None = None) -> User:
    """Somebody's own new password in place of `old`; his other sessions end with it, and so does a code not yet used.

    Refuses a wrong old password, the same once more, and a weak one.
    """
    now = moment(at)
    user: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    require(
        None if user.check_password(old) else refuse("old_password_wrong", N_(
            "This is not the password you have now. Write it again, also looking whether the keyboard is on Thai."
        ), field="old"),
    )
    require(
        None if old != password else refuse("password_the_same", N_(
            "This is the password you have already. Choose another one."
        ), field="password"),
        password_strong(password, user),
    )
    user.set_password(password)
    user.save(update_fields=["password"])
    LoginCode.objects.filter(user=user, used_at=None).update(used_at=now)  # whoever still holds it shall not undo this
    note("password_changed", user, by=user, at=now)
    return user


def _wrong() -> Refusal:
    return refuse("code_wrong", N_(
        "User name and code do not go together, or the code was used or is older than %(days)s days."
        " Compare both with the slip, or ask the office that gave it for a new one."
    ), days=CODE_DAYS)


def _digest(user: User, code: str) -> str:
    letters = "".join(letter for letter in code.upper().translate(_READ_AS) if letter in ALPHABET)
    return salted_hmac("login code", f"{user.pk}\0{letters}", algorithm="sha256").hexdigest()
