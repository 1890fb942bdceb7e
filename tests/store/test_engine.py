"""Opening: every schema leads to today's, and what cannot be opened says why."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from govspider.store import Store, StoreError
from govspider.store.engine import connect
from govspider.store.schema import METADATA


def test_the_migrations_lead_to_the_tables_that_the_code_uses(url: str) -> None:
    Store.open(url).close()
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused(url: str) -> None:
    Store.open(url).close()
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="由更新版本的程序建立（版本 9999），请先升级本程序"):
        Store.open(url)


def test_a_new_database_may_be_opened_several_times_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Store.open(url).close(), range(4)))


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("nonsense", "不是有效的数据库地址"),
        ("mysql://host/x", "不支持 mysql"),
        ("postgresql://user:secret@/x?host=/nowhere", r"打不开数据库 postgresql[\s\S]*DATABASE_URL 是否正确"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained(url: str, text: str) -> None:
    with pytest.raises(StoreError, match=text) as caught:
        Store.open(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are notes, and no database at all " * 50)
    with pytest.raises(StoreError, match=r"打不开数据库[\s\S]*文件是否完好"):
        Store.open(f"sqlite:///{tmp_path / 'notes.db'}")
    with pytest.raises(StoreError, match="打不开数据库"):
        Store.open(f"sqlite:///{tmp_path / 'notes.db' / 'inside.db'}")


def test_sqlite_writes_ahead_and_keeps_references(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'a.db'}").close()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as checked:
        assert checked.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
