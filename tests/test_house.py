"""The rules of the house that no other tool checks: sizes, docstrings, imports at the top, words, clean locks and pages."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("otop", "registry", "selection", "tests")
LONGEST_MODULE = 300  # lines; beyond it a folder of the same name
LONGEST_FUNCTION = 50
UNUSED_WORDS = frozenset(
    re.findall(
        r"\w+",
        "nomination submission application candidate jury phase step grade manager service util utils helper helpers core",
    )
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in (PROJECT / room).rglob("*.py")]
    return sorted([*found, PROJECT / "manage.py"])


def own_modules() -> list[Path]:
    return [path for path in modules() if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def named(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(PROJECT)}:{getattr(node, 'lineno', 1)}"


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def test_every_module_opens_with_a_sentence() -> None:
    bare = [
        named(path) for path in own_modules()
        if path.read_text().strip() and not (ast.get_docstring(tree(path)) or "").rstrip("`").endswith(".")
    ]  # fmt: skip
    assert bare == []


def test_modules_are_short() -> None:
    rooms = [path for path in own_modules() if "tests" not in path.parts]
    assert [named(path) for path in rooms if len(path.read_text().splitlines()) > LONGEST_MODULE] == []


def test_functions_are_short() -> None:
    long = [
        f"{named(path, node)} {node.name}" for path in own_modules() for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]  # fmt: skip
    assert long == []


def test_imports_stand_at_the_top() -> None:
    """Of the file, and not under a condition either: both hide a circle."""
    inner = [
        named(path, node) for path in modules() for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree(path).body
    ]  # fmt: skip
    assert inner == []


def imported_modules(path: Path) -> dict[str, ModuleType]:
    """Names of a file that stand for whole modules, leaving out names it also binds to something else."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                with suppress(ImportError):
                    found[alias.asname or alias.name] = import_module(f"{node.module}.{alias.name}")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.arg):
            found.pop(node.arg, None)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.pop(node.id, None)
    return found


def test_what_is_asked_of_a_module_exists_in_it() -> None:
    """Types are checked where mypy is strict; a moved function must not leave callers behind anywhere else."""
    asked = [
        (path, node, known[node.value.id])
        for path in own_modules()
        for known in [imported_modules(path)]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
    ]
    assert len(asked) > 1000
    assert [f"{named(path, node)} {node.attr}" for path, node, module in asked if not hasattr(module, node.attr)] == []


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def is_free_of_them(node: Function | ast.ClassDef) -> bool:
    """Whether the name follows Django's own word for such a class, or is the sentence of a test."""
    return node.name.startswith("test_") or (isinstance(node, ast.ClassDef) and any("Manager" in ast.unparse(base) for base in node.bases))


def test_names_use_the_words_of_the_house() -> None:
    wrong = [named(path) for path in own_modules() if words_of(path.stem) & UNUSED_WORDS]
    wrong += [
        f"{named(path, node)} {node.name}" for path in own_modules() for node in ast.walk(tree(path))
        if isinstance(node, Function | ast.ClassDef) and words_of(node.name) & UNUSED_WORDS and not is_free_of_them(node)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_pins_and_hashes_and_no_address(name: str) -> None:
    text = (PROJECT / name).read_text()
    assert "http" not in text
    blocks = re.findall(r"^\S.*(?:\n[ \t]+\S.*)*", text, re.MULTILINE)
    assert [block for block in blocks if not re.match(r"[a-z0-9.-]+==\S+", block) or "--hash=sha256:" not in block] == []


def test_every_direct_package_is_locked_as_pinned() -> None:
    pinned = re.findall(r'^    "([a-z0-9.-]+)(?:\[\w+\])?==([^";\s]+)', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    locked = (PROJECT / "requirements.lock").read_text() + (PROJECT / "requirements-dev.lock").read_text()
    assert pinned
    assert [pin for pin in pinned if f"\n{'=='.join(pin)} " not in f"\n{locked}"] == []


def test_every_package_that_is_imported_is_named() -> None:
    named_ones = set(re.findall(r'^    "([a-z0-9.-]+)', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE))
    makers = packages_distributions()
    imported = {
        name.split(".")[0] for path in own_modules() for node in ast.walk(tree(path))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    }  # fmt: skip
    outside = {name: {maker.lower() for maker in makers[name]} for name in imported & set(makers)}
    brought = {"kombu": "celery", "redis": "celery", "psycopg2": "psycopg2-binary", "_pytest": "pytest", "playwright": "pytest-playwright"}
    unnamed = [name for name, of in outside.items() if not (of | {brought.get(name, "")}) & named_ones and name != "tests"]
    assert unnamed == []


def templates() -> list[Path]:
    return sorted((PROJECT / "templates").rglob("*.html"))


def test_pages_hold_no_inline_script_or_style_and_fetch_nothing_from_elsewhere() -> None:
    inline = re.compile(r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|(?:src|href)=["'](?:https?:)?//""", re.IGNORECASE)
    assert [named(path) for path in templates() if inline.search(path.read_text())] == []


def test_every_unsafe_form_carries_its_tokens() -> None:
    forms = re.compile(r"""<form[^>]*method=["']post["'].*?</form>""", re.IGNORECASE | re.DOTALL)
    bare = [
        named(path) for path in templates() for form in forms.findall(path.read_text())
        if path.name != "login_form.html" and "parts/form.html" not in form and ("csrf_token" not in form or "form_key" not in form)
    ]  # fmt: skip
    assert bare == []
