"""What only our own machine can be the reason for is told apart from a site's failure."""

import errno

import pytest
from twisted.internet.error import ConnectError, ConnectionLost, NoRouteError, TCPTimedOutError

from govspider.fetching.probing import is_own


@pytest.mark.parametrize(
    ("error", "own"),
    [
        (NoRouteError(), True),
        (ConnectError(errno.EMFILE, "too many open files"), True),
        (OSError(errno.ENETDOWN, "network is down"), True),
        (ConnectError(errno.EHOSTUNREACH, "no route to host"), False),
        (ConnectError(errno.ECONNREFUSED, "refused"), False),
        (TCPTimedOutError(errno.ETIMEDOUT, "timed out"), False),
        (ConnectionLost(), False),
    ],
)
def test_own_errors(error: BaseException, own: bool) -> None:
    assert is_own(error) is own
