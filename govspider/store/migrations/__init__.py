"""The database's history, applied by ``govspider.store.engine.migrate`` whenever a store is opened."""
