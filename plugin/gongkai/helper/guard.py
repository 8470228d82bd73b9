"""Who may ask the helper for something: judged from the head of a request alone, before its body is looked at."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

TOKEN_HEADER = "X-Gongkai-Token"
MOST_BYTES = 64 * 1024


class Refused(NamedTuple):
    """Why a request is not answered: the status, and a sentence."""

    status: HTTPStatus
    sentence: str


class Head(NamedTuple):
    """What is judged; each header with all the values that it was sent with."""

    method: str
    hosts: Sequence[str]
    origins: Sequence[str]
    tokens: Sequence[str]
    lengths: Sequence[str]
    encodings: Sequence[str]


def refusal(head: Head, token: str, port: int, page_token: str = "") -> Refused | None:
    """Why the request is refused; None when it may be answered.

    ``token`` is that of the buttons, which are no pages of a browser; ``page_token`` that of the helper's own page, whose requests come from there
    and nowhere else.

    A page in a browser cannot leave ``Origin`` out of a POST, and a name that was made to point here (DNS rebinding) shows in ``Host``; neither can know the
    token. All are asked for, each by itself.
    """
    if len(head.hosts) != 1 or head.hosts[0].strip().lower() not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        return Refused(HTTPStatus.FORBIDDEN, "只接受发往 127.0.0.1 的请求。")
    own_page = len(head.tokens) == 1 and bool(page_token) and same_token(head.tokens[0], page_token)
    if head.origins and not (own_page and list(head.origins) == [f"http://127.0.0.1:{port}"]):
        return Refused(HTTPStatus.FORBIDDEN, "不接受来自网页的请求。")
    if not own_page and (len(head.tokens) != 1 or not same_token(head.tokens[0], token)):
        return Refused(HTTPStatus.FORBIDDEN, "口令不符，请重新打开电子表格程序后再试。")
    if head.method not in ("GET", "POST"):
        return Refused(HTTPStatus.METHOD_NOT_ALLOWED, "只接受 GET 和 POST。")
    if head.encodings:
        return Refused(HTTPStatus.LENGTH_REQUIRED, "请求须注明长度。")
    if head.method == "POST":
        if len(head.lengths) != 1:
            return Refused(HTTPStatus.LENGTH_REQUIRED, "请求须注明长度。")
        if length_of(head) is None:
            return Refused(HTTPStatus.BAD_REQUEST, "请求的长度有误。")
    if (length_of(head) or 0) > MOST_BYTES:
        return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"请求超过 {MOST_BYTES // 1024} KB。")
    return None


def page_refusal(head: Head, port: int) -> Refused | None:
    """The same for the page itself, which a browser is led to by a ticket and can send no token for."""
    if len(head.hosts) != 1 or head.hosts[0].strip().lower() != f"127.0.0.1:{port}":
        return Refused(HTTPStatus.FORBIDDEN, "只接受发往 127.0.0.1 的请求。")
    if head.origins:
        return Refused(HTTPStatus.FORBIDDEN, "不接受来自网页的请求。")
    return Refused(HTTPStatus.LENGTH_REQUIRED, "请求不应有内容。") if head.encodings or length_of(head) else None


def same_token(given: str, token: str) -> bool:
    """Whether the token is right, in a time that does not tell how much of it is."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())


def length_of(head: Head) -> int | None:
    """The length of the body; None when it is not said, or not well."""
    if len(head.lengths) != 1:
        return None
    text = head.lengths[0].strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
