"""A file imports only from the layers below its own, or from its own package."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "govspider"
LAYERS = {
    "facts": 1,
    "checks": 2,
    "reading": 2,
    "register": 2,
    "rules": 3,
    "accounts": 4,
    "inspecting": 4,
    "verdict": 4,
    "store": 5,
    "fetching": 6,
    "reports": 6,
    "demo": 6,
    "workers": 6,
    "rounds": 7,
    "closing": 7,
    "notices": 7,
    "settings": 8,
    "spiders": 8,
    "pipelines": 8,
    "extensions": 8,
    "review": 8,
    "commands": 8,
}
BESIDE = {"commands": {"review"}}  # a command starts the review page
# Third-party packages that may be imported only in these rooms.
HOMES = {
    "scrapy": {"fetching", "spiders", "pipelines", "extensions", "commands"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "apprise": {"notices"},
    "docx": {"reports", "reading"},
    "xlsxwriter": {"reports"},
    "openpyxl": {"register", "reports", "reading"},
    "websockets": {"fetching"},
    "starlette": {"review", "commands"},
    "uvicorn": {"review", "commands"},
}
FILES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: use absolute imports"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        assert not imported(path)
        return
    assert own in LAYERS, f"{own} has no layer"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "govspider" and len(parts) > 1 and parts[1] not in {own, *BESIDE.get(own, ())}:
            assert LAYERS[parts[1]] < LAYERS[own], f"{path.name} imports {name}, which is not below it"
        if parts[0] in HOMES:
            assert own in HOMES[parts[0]], f"{path.name} imports {parts[0]}, which belongs in {sorted(HOMES[parts[0]])}"
