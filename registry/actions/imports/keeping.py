"""How long a sent file is kept: after its term the file goes out of the store, and the row that tells of it stays."""

from datetime import datetime, timedelta

from django.db import transaction

from registry.actions.acts import moment
from registry.models import ImportFile, ImportState
from registry.rules import thresholds

TERM, DEFAULT_DAYS = "import_file_days", 90
AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)


def forget_files(*, at: datetime | None = None) -> int:
    """Deletes every sent file that nobody touched for its term; gives their number. Doing it twice does no harm."""
    now = moment(at)
    last = now - timedelta(days=thresholds().get(TERM, DEFAULT_DAYS))
    due = ImportFile.objects.filter(erased_at=None, changed_at__lt=last).exclude(state__in=AT_WORK)
    return sum(_forget(pk, now) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int, now: datetime) -> bool:
    """The row says that the file is gone before the file goes, so that none is ever looked for in vain."""
    file = ImportFile.objects.select_for_update().get(pk=pk)
    if file.erased_at is not None or file.state in AT_WORK:
        return False
    file.erased_at, file.table = now, None
    if file.state == ImportState.COLUMNS:
        file.state = ImportState.CANCELLED
    file.save(update_fields=["erased_at", "table", "state"])
    stored = file.file
    transaction.on_commit(lambda: stored.storage.delete(str(stored.name)))
    return True
