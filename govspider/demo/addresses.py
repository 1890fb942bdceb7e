"""How the demo's sites write addresses and dates."""

import datetime as dt

from govspider.demo.model import Article, Column, Dates, Urls


def column_path(urls: Urls, column: Column, page: int = 1) -> str:
    match urls:
        case Urls.FOLDERS:
            tail = "" if page == 1 else f"index_{page - 1}.html"
            return f"/{column.group}/{column.key}/{tail}"
        case Urls.NUMBERED:
            tail = "" if page == 1 else f"?pageNum={page}"
            return f"/col/col{column.number}/index.html{tail}"
        case Urls.QUERY:
            tail = "" if page == 1 else f"&page={page}"
            return f"/list.jsp?id={column.number}{tail}"


def article_path(urls: Urls, column: Column, article: Article) -> str:
    day = article.date
    match urls:
        case Urls.FOLDERS:
            return f"/{column.group}/{column.key}/{day:%Y%m}/t{day:%Y%m%d}_{article.number}.html"
        case Urls.NUMBERED:
            return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{article.number}.html"
        case Urls.QUERY:
            return f"/show.jsp?id={article.number}"


def shown_date(dates: Dates, day: dt.date) -> str:
    """A date as a list shows it; empty where lists show none."""
    match dates:
        case Dates.CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        case Dates.SLASHED:
            return f"{day.year}/{day.month}/{day.day}"
        case Dates.BRACKETED:
            return f"[{day.isoformat()}]"
        case Dates.YEARLESS:
            return f"{day:%m-%d}"
        case Dates.ABSENT:
            return ""
        case Dates.ISO:
            return day.isoformat()


def document_path(interpretation: Article) -> str:
    """The page of the document that an article explains."""
    return f"/document/{interpretation.number}.html"
