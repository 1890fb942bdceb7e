"""All SQL: rounds, inspections, findings, reviews; and the results that the outputs are made of."""

from govspider.store.engine import StoreError
from govspider.store.judging import findings_of
from govspider.store.store import Store
from govspider.store.values import ColumnSeen, Decision, Round, Saved, SavedAccount, Told

__all__ = [
    "ColumnSeen",
    "Decision",
    "GivenAnswer",
    "Round",
    "Saved",
    "SavedAccount",
    "Store",
    "StoreError",
    "Told",
    "findings_of",
]
