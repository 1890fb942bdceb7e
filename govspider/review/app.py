"""The addresses of the review page."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from govspider.facts import Review, Subject
from govspider.reports.text import clean
from govspider.review.board import Board, ReviewError
from govspider.review.filters import Filters
from govspider.review.items import read_answers
from govspider.review.pages import COOKIE, NOTE, REVIEWER, Pages
from govspider.review.safety import Guard, Token, read_form
from govspider.rounds import FIXABLE

_Answer = Callable[[Request, Exception], Response]
YEAR = 366 * 24 * 3600
ITEMS_FIELDS = 200  # of one form of the items page
ITEMS_BYTES = 256 * 1024
STATUS_TEXTS = {404: "没有这个页面。", 405: "不支持这样访问本页。"}


def make_app(board: Board, port: int) -> ASGIApp:
    token = Token()
    pages = Pages(board, token.value)
    app = Starlette(routes=_Views(board, pages, token).routes())
    for kind, answer in _answers(pages).items():
        app.add_exception_handler(kind, answer)
    return Guard(app, port)


class _Views:
    """Plain functions run in threads, so that a slow database stops nobody else."""

    def __init__(self, board: Board, pages: Pages, token: Token) -> None:
        self._board = board
        self._pages = pages
        self._token = token
        self._written: tuple[Path, ...] = ()

    def routes(self) -> list[Route]:
        return [
            Route("/", self.overview),
            Route("/site/{code}", self.site),
            Route("/site/{code}/decide", self.decide, methods=["POST"]),
            Route("/site/{code}/items", self.items, methods=["GET"]),
            Route("/site/{code}/items", self.answer, methods=["POST"]),
            Route("/account/{code:path}/decide", self.decide_account, methods=["POST"]),
            Route("/account/{code:path}/items", self.account_items, methods=["GET"]),
            Route("/account/{code:path}/items", self.answer_account, methods=["POST"]),
            Route("/account/{code:path}", self.account),
            Route("/publish", self.publish, methods=["POST"]),
            Route("/style.css", self.style),
        ]

    def overview(self, request: Request) -> Response:
        written = self._written if "published" in request.query_params else ()
        return HTMLResponse(self._pages.overview(Filters.read(request.query_params), written))

    def site(self, request: Request) -> Response:
        filters, done = Filters.read(request.query_params), request.query_params.get("done", "")
        return HTMLResponse(self._pages.site(request.path_params["code"], filters, _reviewer(request), done))

    def account(self, request: Request) -> Response:
        filters, done = Filters.read(request.query_params), request.query_params.get("done", "")
        return HTMLResponse(self._pages.account(request.path_params["code"], filters, _reviewer(request), done))

    def items(self, request: Request) -> Response:
        return self._items(request, Subject.SITE)

    def account_items(self, request: Request) -> Response:
        return self._items(request, Subject.ACCOUNT)

    def _items(self, request: Request, subject: Subject) -> Response:
        done = request.query_params.get("done", "")
        return HTMLResponse(self._pages.items(subject, request.path_params["code"], _reviewer(request), done))

    async def answer(self, request: Request) -> Response:
        return await self._answer(request, Subject.SITE)

    async def answer_account(self, request: Request) -> Response:
        return await self._answer(request, Subject.ACCOUNT)

    async def _answer(self, request: Request, subject: Subject) -> Response:
        form = await read_form(request, ITEMS_BYTES, ITEMS_FIELDS)
        self._token.check(form)
        code, seen, reviewer = request.path_params["code"], form.get("seen", ""), clean(form.get("reviewer", ""))
        if not _counted(seen):
            raise ReviewError(400, "表单内容有误。")
        if not reviewer or len(reviewer) > REVIEWER:
            raise ReviewError(400, f"请填写填报人，不超过 {REVIEWER} 个字。本次填报没有记录。")
        _, _, rows, _ = await run_in_threadpool(self._board.items, subject, code)
        try:
            given = read_answers(form, rows, code, reviewer, NOTE)
        except ValueError as error:
            raise ReviewError(400, f"{error}本次填报没有记录。") from error
        await run_in_threadpool(self._board.answer, code, given, int(seen))
        return _remembering(reviewer, f"/{subject.value}/{quote(code, safe='')}/items?done={len(given)}")

    async def decide(self, request: Request) -> Response:
        return await self._decide(request, Subject.SITE)

    async def decide_account(self, request: Request) -> Response:
        return await self._decide(request, Subject.ACCOUNT)

    async def _decide(self, request: Request, subject: Subject) -> Response:
        form = await read_form(request)
        self._token.check(form)
        code, key = request.path_params["code"], form.get("key", "")
        decision, seen = form.get("decision", ""), form.get("seen", "")
        reviewer, note = clean(form.get("reviewer", "")), clean(form.get("note", ""))
        if decision not in tuple(Review) or not _counted(seen):
            raise ReviewError(400, "表单内容有误。")
        if not reviewer:
            raise ReviewError(400, "请填写核实人。本次意见没有记录。")
        if len(reviewer) > REVIEWER or len(note) > NOTE:
            raise ReviewError(400, f"核实人不超过 {REVIEWER} 个字，说明不超过 {NOTE} 个字。本次意见没有记录。")
        await run_in_threadpool(self._board.decide, subject, code, key, Review(decision), reviewer, note, int(seen))
        query = Filters.read(form).query(done=decision)
        return _remembering(reviewer, f"/{subject.value}/{quote(code, safe='')}{query}#f-{quote(key)}")

    async def publish(self, request: Request) -> Response:
        self._token.check(await read_form(request))
        self._written = await run_in_threadpool(self._board.publish)
        return RedirectResponse("/?published=1", 303)

    def style(self, _request: Request) -> Response:
        return Response(self._pages.style, media_type="text/css")


def _reviewer(request: Request) -> str:
    return clean(unquote(request.cookies.get(COOKIE, "")))[:REVIEWER]


def _counted(seen: str) -> bool:
    return seen.isascii() and seen.isdigit() and len(seen) < 10


def _remembering(reviewer: str, address: str) -> Response:
    """Leads on, and has the browser remember who wrote."""
    answer = RedirectResponse(address, 303)
    answer.set_cookie(COOKIE, quote(reviewer), max_age=YEAR, httponly=True, samesite="strict")
    return answer


def _answers(pages: Pages) -> dict[type[Exception], _Answer]:
    def page(request: Request, text: str, status: int) -> Response:
        code = request.path_params.get("code", "")
        half = request.url.path.split("/")[1]
        back = f"/{half}/{quote(code, safe='')}" if code and request.method == "POST" else "/"
        return HTMLResponse(pages.trouble(text, back), status)

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, ReviewError)  # noqa: S101 - registered for it
        return page(request, str(error), error.status)

    def unknown(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
        return page(request, STATUS_TEXTS.get(error.status_code, "请求有误。"), error.status_code)

    def fixable(request: Request, error: Exception) -> Response:
        return page(request, str(error), 500)

    def failed(request: Request, _error: Exception) -> Response:
        return page(request, "程序出错，操作可能没有完成。请返回查看后再试，详情见运行本命令的终端。", 500)

    answers: dict[type[Exception], _Answer] = {ReviewError: refused, HTTPException: unknown, Exception: failed}
    return answers | dict.fromkeys(FIXABLE, fixable)
