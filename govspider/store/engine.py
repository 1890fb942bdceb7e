"""Opens a database and brings it to the newest schema."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from govspider.store import migrations

BUSY_SECONDS = 60
# Any constant: processes that open the same PostgreSQL database at once migrate one after the other.
MIGRATION_LOCK = 7_021_535


class StoreError(Exception):
    """The store cannot do what was asked. The text is Chinese and says what the user can do."""


def connect(url: str) -> sa.Engine:
    """An engine for ``sqlite:///FILE`` or a PostgreSQL address, with every connection prepared."""
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unopened(parsed, error) from error
    engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: sa.Engine) -> sa.Engine:
    """The same engine for transactions that write: on SQLite they take the lock at once instead of failing half-way."""
    return engine.execution_options(writing=True)


def unopened(url: sa.URL, reason: Exception) -> StoreError:
    if url.get_backend_name() == "sqlite":
        advice = "请检查所在文件夹能否写入、磁盘是否已满、文件是否完好，或用 -s OUTPUT=文件夹 换个位置。"
    else:
        advice = "请检查数据库服务是否在运行、DATABASE_URL 是否正确。"
    return StoreError(f"打不开数据库 {url.render_as_string(hide_password=True)}：{str(reason).strip()}\n{advice}")


def migrate(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        current = MigrationContext.configure(connection).get_current_heads()
        if current == tuple(script.get_heads()):
            return
        known = {revision.revision for revision in script.walk_revisions()}
        if not known.issuperset(current):
            place = engine.url.render_as_string(hide_password=True)
            raise StoreError(
                f"数据库 {place} 由更新版本的程序建立（版本 {'、'.join(current)}），请先升级本程序再打开。"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _parse(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError("DATABASE_URL 不是有效的数据库地址，例如 sqlite:///output/govspider.db。") from None
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(f"DATABASE_URL 只支持 sqlite 和 postgresql，不支持 {parsed.drivername}。")
    return parsed


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction handling would commit before DDL; we begin by ourselves (_begin_sqlite).
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -500")  # KB for each connection; a site is written once and read once


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")
