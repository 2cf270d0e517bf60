"""The command: the same engine, a table of counts, a report, and exit codes that a script can read."""

import csv

import pytest
from django.core.management import CommandError, call_command

from registry.models import History, ImportFile, Product, Question
from tests import make
from tests.registry.files import as_csv, row

pytestmark = pytest.mark.django_db
COLUMNS = "row,source,source_ref,outcome,product,producer,area_code,field,message_th,message_en"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "goods.csv"
    file.write_bytes(
        as_csv(row(source="s", source_ref="1"), row("น้ำพริก", producer=""), row("", tambon="ดาวอังคาร"), row("=1+1"))
    )
    return file


def table(out: str) -> dict[tuple[str, str], int]:
    lines = [line.split() for line in out.splitlines()]
    return {(line[0], " ".join(line[1:-1])): int(line[-1].replace(",", "")) for line in lines}


def test_a_file_is_taken_in_and_counted(path, tmp_path, capsys):
    call_command("import_products", str(path), report=tmp_path / "out.csv")
    counts = table(capsys.readouterr().out)
    assert counts == {
        ("created", "no_category"): 2, ("question", "producer_missing"): 1, ("refused", "name_missing"): 1,
        ("created", "all"): 2, ("question", "all"): 1, ("refused", "all"): 1, ("rows", "all"): 4,
    }  # fmt: skip
    assert Product.objects.count() == 2
    assert (ImportFile.objects.get().state, ImportFile.objects.get().created_by) == ("done", None)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as report:
        lines = list(csv.reader(report))
    assert ",".join(lines[0]) == COLUMNS
    assert [line[0] for line in lines[1:]] == ["2", "3", "4", "5"]
    assert lines[1][1:4] == ["s", "1", "created"]
    assert Product.objects.filter(public_id=lines[1][4], producer__public_id=lines[1][5]).exists()
    assert lines[1][6] == "460205"


def test_a_trial_writes_nothing(path, tmp_path, capsys):
    call_command("import_products", str(path), dry_run=True, report=tmp_path / "out.csv")
    counts = table(capsys.readouterr().out)
    assert counts["created", "all"] == 2
    assert counts["rows", "nothing written"] == 4
    for model in (Product, Question, ImportFile, History):
        assert not model.objects.exists()
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) == 5


def test_a_file_that_cannot_be_read_ends_with_a_sentence_and_2(tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"a,b\n1,2\n")
    for dry_run in (True, False):
        with pytest.raises(SystemExit) as ended:
            call_command("import_products", str(bad), dry_run=dry_run)
        assert ended.value.code == 2
        assert "ชื่อผลิตภัณฑ์" in capsys.readouterr().err
    assert ImportFile.objects.get().state == "refused"


def test_it_acts_for_an_officer_within_his_areas(path, capsys):
    officer = make.amphoe_officer("4503")
    call_command("import_products", str(path), by=officer.username)
    assert table(capsys.readouterr().out)["refused", "not_your_area"] == 3
    with pytest.raises(CommandError) as ended:
        call_command("import_products", str(path), by="nobody-here")
    assert ended.value.returncode == 2
    with pytest.raises(SystemExit) as ended:
        call_command("import_products", str(path), by=make.user().username)
    assert ended.value.code == 2
