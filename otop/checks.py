"""System checks of what a server must be; those of the database run where a command may touch it."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from otop import engine
from otop.engine import cluster


@register(Tags.database)
def database_serves_us(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_options: object
) -> list[CheckMessage]:
    """The database can search Thai text, and in production we serve as a plain role."""
    if not databases or settings.DATABASES["default"]["USER"] == cluster.role_of(engine.in_force()["DATABASE_OWNER_URL"]):
        return []
    url = engine.in_force()["DATABASE_URL"]
    try:
        cluster.check(url)
        if settings.PRODUCTION:
            cluster.check_plain_role(url)
    except engine.EngineError as fault:
        return [Error(str(fault), id="otop.E001")]
    return []
