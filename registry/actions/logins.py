"""Braking those who guess passwords, without ever locking the owner out from elsewhere."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from registry.actions.acts import moment
from registry.models import LoginTry
from registry.refusal import N_, Refusal, refuse

MOST_TRIES = 10
WINDOW = timedelta(minutes=10)


@transaction.atomic
def count_try(*, username: str, address: str, at: datetime | None = None) -> Refusal | None:
    """Counts one try for this user name from this address; the sentence when it is one too many in ten minutes.

    Counted before the password is looked at, so that tries at the same moment count too. A refused try is not counted
    again: whoever waits ten minutes may go on.
    """
    now = moment(at)
    LoginTry.objects.filter(at__lte=now - WINDOW).delete()
    tries = LoginTry.objects.filter(pair=_pair(username, address))
    LoginTry.objects.create(pair=_pair(username, address), at=now)
    if tries.count() <= MOST_TRIES:
        return None
    transaction.set_rollback(True)
    return refuse("too_many_tries", N_(
        "There were more than %(most)s tries with this user name from here. Wait %(minutes)s minutes, then try again."
        " Ask the administrator for a new password if you have forgotten yours."
    ), most=MOST_TRIES, minutes=int(WINDOW.total_seconds() // 60))


def forget_tries(*, username: str, address: str) -> None:
    """Starts anew after a login that worked."""
    LoginTry.objects.filter(pair=_pair(username, address)).delete()


def _pair(username: str, address: str) -> str:
    return salted_hmac("login try", f"{username}\0{address}", algorithm="sha256").hexdigest()
