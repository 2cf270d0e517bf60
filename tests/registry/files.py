"""Files of products made in tests and taken in with the engine of the command and the browser."""

import csv
import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from registry.actions.imports import confirm_file, receive_file
from registry.actions.papers import keep_paper
from registry.intake.work import check_file, run_file
from registry.models import Area, ImportFile, Paper, User

HOME = {"tambon": "หนองบัว", "amphoe": "นามน", "province": "กาฬสินธุ์"}


def row(name: str = "ผ้าขิดลายดอกจัน", producer: str = "กลุ่มทอผ้าบ้านโพน", **rest: str) -> dict[str, str]:
    """A row of the tambon 460205; other columns by keyword."""
    return {"product_name_th": name, "producer_name": producer, **HOME, **rest}


def as_csv(*rows: dict[str, str]) -> bytes:
    columns = list(dict.fromkeys(column for one in rows for column in one))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def checked(*rows: dict[str, str], by: User | None = None, name: str = "a.csv") -> ImportFile:
    """The file received and checked, waiting for its sender's word."""
    return check_file(receive_file(by=by, name=name, content=ContentFile(as_csv(*rows)), check=False))


def taken(*rows: dict[str, str], by: User | None = None, chunk: int = 2000) -> ImportFile:
    """The file checked, confirmed and taken in."""
    return run_file(confirm_file(by=by, file=checked(*rows, by=by), run=False), chunk=chunk)


def ends(file: ImportFile) -> list[tuple[str, str]]:
    """Outcome and reason of each row, in their order."""
    return list(file.import_rows.order_by("number").values_list("outcome", "reason"))


def stored(*models: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows of the models, to compare before and after."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "PNG") -> bytes:
    """A small true picture."""
    out = io.BytesIO()
    Image.new("RGB", (12, 8), "#7a1f2b").save(out, kind)
    return out.getvalue()


def paper(data: bytes = PDF, name: str = "หนังสือรับรอง.pdf", **rest: Any) -> Paper:
    """A paper kept for the tambon HOME of `tests.make`, by the system unless told who."""
    area = Area.objects.current().with_path().get(code=rest.pop("code", "460205"))
    return keep_paper(**{"by": None, "content": ContentFile(data, name), "kind": "other", "area": area, **rest})
