"""Password hashing at the cost measured for closing day: Argon2id with 46 MiB, one pass, one lane."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class MeasuredArgon2(Argon2PasswordHasher):
    """A setting the OWASP sheet lists; 500 logins in five minutes stay within half a core."""

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1
