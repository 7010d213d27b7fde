"""/api/v1/: one NinjaAPI from its routers; the document is OpenAPI 3.1."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from motcua.web.api import (
    acts,
    assistant,
    desk,
    dossiers,
    feedback,
    figures,
    me,
    places,
    problems,
    procedures,
    processes,
    tracking,
)
from motcua.web.api.answers import answer
from motcua.web.api.doors import TokenAuth
from motcua.web.api.shapes.acting import SupplementAnswerIn
from motcua.web.api.shapes.filing import FilingIn

app_name = "api"

_DESCRIPTION = """\
Mọi việc trên Một Cửa: tra cứu, nộp, xử lý, trả kết quả. Gửi mã truy cập trong `Authorization:
Bearer`. Mọi POST nhận `Idempotency-Key`; mọi việc trên hồ sơ nhận `If-Match` (ETag là số lần thay
đổi). Danh sách trả theo trang với con trỏ `next`. Lỗi là application/problem+json (RFC 9457).
"""


class ProblemOut(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    field: str = ""
    law: str = ""
    errors: list[dict[str, str]] = []


class Api(NinjaAPI):
    """Adds to the document what ninja does not see: bodies with files, and the shape of errors."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the document of the API."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        _keys, definitions = models_json_schema(
            [
                (FilingIn, "validation"),
                (SupplementAnswerIn, "validation"),
                (ProblemOut, "serialization"),
            ],
            ref_template="#/components/schemas/{model}",
        )
        document["components"]["schemas"] |= definitions["$defs"]
        for address in document["paths"].values():
            for operation in address.values():
                operation["responses"].setdefault("default", _PROBLEM)
        return document


_PROBLEM = {
    "description": "Lỗi",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
}

api = Api(
    title="Một Cửa",
    version="1",
    description=_DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    auth=TokenAuth(),
)
problems.register(api)
api.add_router("/procedures", procedures.router)
api.add_router("", places.router)
api.add_router("", tracking.router)
api.add_router("", assistant.router)
api.add_router("", feedback.router)
api.add_router("", figures.router)
api.add_router("/dossiers", dossiers.router)
api.add_router("/dossiers", acts.router)
api.add_router("", desk.router)
api.add_router("/processes", processes.router)
api.add_router("", me.router)


@api.get("/problems", auth=None, tags=["system"], summary="Các loại lỗi")
def kinds(request: HttpRequest) -> HttpResponse:
    """Return every refusal by its stable name, with its status and what it means."""
    return answer(problems.kinds())


urlpatterns = api.urls[0]
