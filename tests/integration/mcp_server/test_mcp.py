"""The MCP server as another assistant meets it: a subprocess, spoken to by the SDK's own client."""

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from django.conf import settings
from django.db import connection
from mcp import Client, StdioServerParameters
from tests.factories import world as worlds

from motcua.config import prepare
from motcua.feedback.models import Case

TOOLS = {
    "search_procedures", "requirements", "fees_and_due_date", "places", "track", "ask",
    "file_feedback",
}  # fmt: skip
Talk = Callable[[Client], Awaitable[None]]


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def speak(world: worlds.World) -> Callable[[Talk], None]:
    """Start `motcua mcp` on this test's database and talk with it."""
    stamp = prepare.Stamp(prepare._database_mark(), prepare._tables_mark(), "here", "here")
    stamp.write()

    def run(talk: Talk) -> None:
        async def all_of_it() -> None:
            with anyio.fail_after(60):
                async with Client(_command()) as client:
                    await talk(client)

        anyio.run(all_of_it)

    return run


def _command() -> StdioServerParameters:
    values = settings.DATABASES["default"]
    name, host = connection.settings_dict["NAME"], quote(values["HOST"], safe="")
    address = f"postgresql://{values['USER'] or 'postgres'}@/{name}?host={host}"
    named = {key: value for key, value in os.environ.items() if key.startswith("MOTCUA_")}
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "motcua", "mcp"],
        env=named
        | {
            "DATABASE_URL": address,
            "PYTHONPATH": str(Path.cwd()),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "MOTCUA_IDENTITY_KEY": settings.MOTCUA_IDENTITY_KEY,
        },
    )


async def _found(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(name, arguments)
    assert not answer.is_error, answer.content
    return json.loads(answer.content[0].text)


async def _refusal(client: Client, name: str, **arguments: Any) -> str:
    answer = await client.call_tool(name, arguments)
    assert answer.is_error, answer.content
    return answer.content[0].text


def test_another_assistant_finds_what_the_house_can_do(speak, world):
    dossier = worlds.accepted(world)

    async def talk(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == TOOLS
        assert all("—" in tool.description for tool in tools.values())
        assert tools["track"].annotations.read_only_hint
        assert not tools["file_feedback"].annotations.read_only_hint
        limit = tools["search_procedures"].input_schema["properties"]["limit"]
        assert (limit["minimum"], limit["maximum"]) == (1, 20)

        hits = await _found(client, "search_procedures", text="dang ky thuong tru")
        assert hits["procedures"][0]["code"] == "1.004222"
        assert hits["procedures"][0]["url"].endswith("/thu-tuc/1.004222/")

        needs = await _found(client, "requirements", code="1.004222", case="own")
        assert [paper["name"] for paper in needs["papers"]] == [
            "Tờ khai CT01", "Giấy tờ về chỗ ở", "Ảnh",
        ]  # fmt: skip
        assert needs["legal_basis"][0]["number"] == "68/2020/QH14"

        cost = await _found(
            client, "fees_and_due_date", code="1.004222", case="own", channel="online",
            received_at="2026-11-09T08:00:00+07:00",
        )  # fmt: skip
        assert cost["fees"][0]["total_vnd"] == 10000
        assert cost["due_at"].startswith("2026-11-18T17:00")
        assert cost["reckoning"]

        centres = (await _found(client, "places"))["centres"]
        assert centres
        assert "open_now" in centres[0]["hours"]

        status = await _found(client, "track", code=dossier.code, phone="0905 222 318")
        assert status["procedure"] == "Đăng ký thường trú"
        assert "Phúc" not in json.dumps(status, ensure_ascii=False)

    speak(talk)


def test_a_question_is_answered_as_machine_made_with_its_sources(speak, world):
    async def talk(client: Client) -> None:
        said = await _found(client, "ask", question="đăng ký thường trú cần giấy tờ gì")
        assert said["ai_generated"] is True
        assert said["procedures"][0] == "1.004222"
        assert all(source["url"].startswith("http") for source in said["sources"])
        more = await _found(client, "ask", question="thế còn phí?", thread=said["thread"])
        assert more["thread"] == said["thread"]

    speak(talk)


def test_what_is_refused_is_told_in_plain_words(speak, world):
    async def talk(client: Client) -> None:
        said = await _refusal(client, "requirements", code="9.999999")
        assert said == "Không có thủ tục 9.999999 đang có hiệu lực."
        said = await _refusal(client, "requirements", code="1.004222", case="mua")
        assert "own: Nhà của mình" in said
        said = await _refusal(client, "fees_and_due_date", code="1.004222", pages=300)
        assert "pages" in said
        said = await _refusal(client, "track", code="H32.18-20261116-0000001", phone="0905000111")
        assert said == "Không có hồ sơ nào khớp cả mã và số điện thoại này."
        said = await _refusal(client, "file_feedback", text="ngắn", confirmed_by_person=True)
        assert "text" in said
        said = await _refusal(client, "search_procedures", text="x" * 400)
        assert "text" in said
        said = await _refusal(client, "search_procedures", text="a\x00b")
        assert said == "Nội dung có ký tự không đọc được."
        for _attempt in range(9):
            await _refusal(client, "track", code="H32.18-20261116-0000001", phone="0905000111")
        said = await _refusal(client, "track", code="H32.18-20261116-0000001", phone="0905000111")
        assert "10 phút" in said

    speak(talk)


def test_a_report_is_filed_only_with_the_persons_yes(speak, world):
    text = "Đèn đường trước chợ hỏng đã hai tuần, tối rất nguy hiểm cho người đi bộ."

    async def talk(client: Client) -> None:
        said = await _refusal(client, "file_feedback", text=text, confirmed_by_person=False)
        assert "đồng ý" in said
        told = await _found(
            client, "file_feedback", text=text, confirmed_by_person=True, phone="0905222318"
        )
        assert told["code"]

    speak(talk)

    case = Case.objects.get()
    assert (case.text, case.channel, case.is_anonymous) == (text, "api", True)
