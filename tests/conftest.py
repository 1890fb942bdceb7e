"""What tests of several rooms need."""

from tests.inbox import inbox  # noqa: F401
