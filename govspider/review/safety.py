"""Who may speak to the review page: only pages of its own, in a browser on this computer."""

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govspider.review.board import ReviewError

FORM_BYTES = 16 * 1024
FORM_FIELDS = 20
FORM_TYPE = "application/x-www-form-urlencoded"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses other hosts' names (DNS rebinding) and other sites' forms, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}{end}" for name in ("127.0.0.1", "localhost") for end in _ends(port)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(refusal, 403) if refusal else self._app
        await answer(scope, receive, sent)

    def _refusal(self, method: str, headers: Headers) -> str:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return "只能用 127.0.0.1 或 localhost 加端口号打开本页。"
        if method in ("GET", "HEAD") or _same_origin(headers, f"http://{hosts[0].lower()}"):
            return ""
        return "只接受从本页提交的表单，已拒绝。"


def _ends(port: int) -> tuple[str, ...]:
    return (f":{port}", "") if port == 80 else (f":{port}",)


def _same_origin(headers: Headers, own: str) -> bool:
    """Browsers send ``Origin: null`` for forms of a page without referrer; then only Sec-Fetch-Site tells."""
    origin, site = headers.get("origin", "null"), headers.get("sec-fetch-site")
    if origin != "null":
        return origin.lower() == own and site in (None, "same-origin")
    return site == "same-origin"


class Token:
    """Proves that a form comes from a page of this process."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(32)

    def check(self, form: Mapping[str, str]) -> None:
        if not hmac.compare_digest(form.get("token", "").encode(), self.value.encode()):
            raise ReviewError(403, "页面已过期（核实程序重新启动过），请返回、刷新页面后再提交。本次没有记录。")


async def read_form(request: Request, most: int = FORM_BYTES, fields: int = FORM_FIELDS) -> dict[str, str]:
    """The fields of a form of at most ``most`` bytes, the last of each name. Raises ReviewError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise ReviewError(415, "不是本页的表单。")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise ReviewError(413, "提交的内容太长。")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=fields)
    except ValueError as error:
        raise ReviewError(400, "表单内容有误。") from error
    return dict(pairs)
