import ipaddress
import socket

import pytest

from govspider.fetching.guard import Guard, PrivateAddressError, host_of, is_public, networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1",
        "fec0::1", "ff0e::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::7f00:1",
    ],
)  # fmt: skip
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::808:808"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "::1", "0"])
async def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    with pytest.raises(PrivateAddressError):
        await Guard([]).resolve(host)


async def test_a_registered_host_may_lead_anywhere_and_only_it() -> None:
    guard = Guard(["http://127.0.0.5:8080/index.html"])
    assert await guard.resolve("127.0.0.5") == ("127.0.0.5",)
    with pytest.raises(PrivateAddressError):
        await guard.resolve("127.0.0.6")
    with pytest.raises(PrivateAddressError):
        await guard.resolve("2130706437")  # 127.0.0.5, but not the registered name


async def test_allowed_networks_are_allowed() -> None:
    guard = Guard([], networks("127.0.0.0/29, 10.0.0.0/8"))
    assert await guard.resolve("127.0.0.6") == ("127.0.0.6",)
    assert guard.permits("::ffff:127.0.0.6")
    with pytest.raises(PrivateAddressError):
        await guard.resolve("127.0.0.9")


@pytest.mark.parametrize("host", ["nosuch.invalid", "a..b", "x" * 70 + ".cn", ""])
async def test_a_name_without_address_is_an_os_error(host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        await Guard([]).resolve(host)


def test_networks_names_what_is_none() -> None:
    with pytest.raises(ValueError, match="PRIVATE_NETWORKS_ALLOWED 中的“内网”不是网段"):
        networks("10.0.0.0/8,内网")
    assert networks("") == ()


def test_host_of() -> None:
    assert host_of("http://WWW.A.gov.cn.:80/x") == "www.a.gov.cn"
    assert host_of("http://[::1") == ""
    assert host_of("mailto:a@b") == ""


async def test_answers_are_checked_anew_when_the_name_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was public a moment ago and is private now."""
    answers = iter(["1.1.1.1", "127.0.0.1"])

    def lookup(host: str, port: object, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))]

    monkeypatch.setattr("govspider.fetching.guard.socket.getaddrinfo", lookup)
    monkeypatch.setattr("govspider.fetching.guard.KEPT_SECONDS", -1)
    guard = Guard([])
    assert await guard.resolve("changing.example") == ("1.1.1.1",)
    with pytest.raises(PrivateAddressError):
        await guard.resolve("changing.example")
