"""The root of the REST API (ADR 0006): joins what the packages offer and says refusals as problems."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

import orjson
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from yizhou import __version__
from yizhou.cases.api import router as cases
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.problems import API_ROOT, NOT_FOUND, problem
from yizhou.events.rest import Bearer
from yizhou.events.web import ActingRequest, public
from yizhou.indicators.api import router as indicators
from yizhou.ledgers.api import router as ledgers
from yizhou.people.api import router as people

ROUTERS = (ledgers, indicators, people, cases)
MISSING = Blocker("TOKEN", "没有写明令牌", "在 Authorization 里写 Bearer 和接口令牌")
METHOD = Blocker("METHOD", "这个地址不支持这种方法", "可用的方法见 Allow 和接口说明")
UNREADABLE = Blocker("BODY", "请求正文读不懂", "按接口说明发送 JSON 或 multipart/form-data")
WORDS = {
    "missing": "没有写明",
    "uuid_parsing": "不是公开编号（UUID）",
    "uuid_type": "不是公开编号（UUID）",
    "date_from_datetime_parsing": "不是日期，写成 2026-03-02",
    "date_parsing": "不是日期，写成 2026-03-02",
    "int_parsing": "不是整数",
    "int_type": "不是整数",
    "int_from_float": "不是整数",
    "bool_parsing": "不是 true 或 false",
    "bool_type": "不是 true 或 false",
    "string_type": "不是文字",
    "float_type": "不是数",
    "dict_type": "不是对象",
    "list_type": "不是列表",
    "model_type": "不是对象",
    "model_attributes_type": "不是对象",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "literal_error": "不在可用的取值中",
}
"""What ninja's validation says, by the kind of the error; others are told in general words."""


class Quick(BaseRenderer):
    """Chinese stays readable, and orjson is several times as fast."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002  # ninja's signature
        """The answer as JSON."""
        return orjson.dumps(data)


api = NinjaAPI(
    title="一轴",
    version=__version__,
    description="令牌由系统管理员在账号页签发。写入须带 Idempotency-Key；列表用 next 翻页；出错答 RFC 9457 problem。",
    openapi_url=None,
    docs_url=None,
    renderer=Quick(),
)
for _router in ROUTERS:
    for _view in _router.path_operations.values():
        for _operation in _view.operations:
            # Ninja would call it by the function's English name; the docstring is the caller's sentence.
            _operation.summary, _operation.description = inspect.getdoc(_operation.view_func) or "", ""
    api.add_router("", _router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The reasons of an action, in its own words."""
    return problem(request, refusal.status, refusal.blockers)


@api.exception_handler(Http404)
def absent(request: HttpRequest, _exception: Http404) -> HttpResponse:
    """Absent and out of sight alike."""
    return problem(request, 404, [NOT_FOUND])


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _exception: AuthenticationError) -> HttpResponse:
    """Nobody said who he is."""
    return problem(request, 401, [MISSING])


@api.exception_handler(HttpError)
@api.exception_handler(SuspiciousOperation)
def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What ninja or Django will not read."""
    return problem(request, getattr(exception, "status_code", 400), [UNREADABLE])


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    """Ninja's own validation, in Chinese."""
    return problem(request, 422, [_said(error) for error in exception.errors])


def _said(error: dict[str, Any]) -> Blocker:
    # ("body", "row", "fields", …): where it was sent and the operation's own name for it tell a caller nothing.
    place = ".".join(str(part) for part in error["loc"][1:] if part not in INNER_NAMES) or "正文"
    return Blocker(
        error["type"].upper(), f"{place}：{WORDS.get(error['type'], '写得不对')}", "按接口说明改好再发"
    )


INNER_NAMES = frozenset({"row", "change", "why", "done", "sought", "wish", "place"})
"""Names under which operations take what was sent."""


@public("接口说明（OpenAPI），不含业务数据")
@require_GET
def openapi(request: ActingRequest) -> JsonResponse:  # noqa: ARG001  # a view takes a request
    """The OpenAPI document."""
    return JsonResponse(
        api.get_openapi_schema(path_prefix=f"{API_ROOT}v1/"), json_dumps_params={"ensure_ascii": False}
    )


def doors() -> Iterable[URLPattern]:
    """Every operation under its own name with what it declares, as the permission table and the tests read it."""
    patterns, _, _ = api.urls
    operations = _operations()
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name in operations:
            door = _door(pattern.callback, operations[pattern.name])
            yield path(str(pattern.pattern), door, name=pattern.name)


def _operations() -> dict[str, Operation]:
    views = [view for router in ROUTERS for view in router.path_operations.values()]
    return {one.view_func.__name__: one for view in views for one in view.operations}


class Door(Protocol):
    """The view of an operation with what it declares about itself."""

    permission: str
    methods: tuple[str, ...]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def _door(view: Callable[..., HttpResponseBase], operation: Operation) -> Door:
    """The view of an operation. No session opens it, so there is no form's token to ask for."""

    @csrf_exempt
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        told = problem(request, 405, [METHOD])
        told.headers["Allow"] = response.headers["Allow"]
        return told

    bearers = [one for one in operation.auth_callbacks if isinstance(one, Bearer)]
    door = cast("Door", run)
    door.permission = bearers[0].permission if bearers else ""
    door.methods = tuple(operation.methods)
    return door


app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *doors()]
