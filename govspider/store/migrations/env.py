"""Alembic's entry: migrates over the connection that the store hands in."""

from alembic import context

from govspider.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
