"""The client of language-model servers, against llama.cpp's own server and against ill-behaved ones."""

import pytest
from tests.factories import model_servers as servers

from motcua.assistant.ports import Message, ModelUnavailable
from motcua.integration.language_model import ChatModel, EmbeddingModel
from motcua.integration.language_model.breaker import Breaker
from motcua.integration.language_model.line import is_fit

ASK = (Message("user", "[1] Hồ sơ nộp tại Trung tâm."),)


_opened: list[ChatModel | EmbeddingModel] = []


@pytest.fixture(autouse=True)
def _hung_up():
    yield
    while _opened:
        _opened.pop().close()


def chat(url: str, *, seconds: float = 5.0) -> ChatModel:
    _opened.append(model := ChatModel(url=url, key="k-123", model="tiny", seconds=seconds))
    return model


def vectors(url: str) -> EmbeddingModel:
    _opened.append(model := EmbeddingModel(url=url, key="", model="tiny", seconds=5))
    return model


def test_a_real_server_streams_what_its_model_was_taught(tmp_path):
    with servers.llama(tmp_path, ["[1] Bạn nộp hồ sơ tại Trung tâm nhé."]) as url:
        said = chat(url).complete(ASK, most_characters=400)

    assert said == "[1] Bạn nộp hồ sơ tại Trung tâm nhé."


def test_a_real_server_gives_vectors_of_length_one(tmp_path):
    with servers.llama(tmp_path, ["xin chào các bạn"], phrase=1, embeddings=True) as url:
        same, again, other = vectors(url).embed(["xin chào", "xin chào", "giấy khai sinh"])

    assert same == again != other
    assert sum(number * number for number in same) == pytest.approx(1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (servers.silent, "slow"),
        (servers.dripping, "slow"),
        (servers.endless, "large"),
        (servers.saying("dài " * 400), "large"),
        (servers.cut, "broken"),
        (servers.raw(b"<html>no</html>", Content_Type="text/html"), "broken"),
        (servers.raw(b"data: {not json}\n\n"), "broken"),
        (servers.raw(b'data: {"choices": [{"delta": {"content": 5}}]}\n\n'), "broken"),
        (servers.raw(b"data: " + b"[" * 100_000 + b"\n\n"), "broken"),
        (servers.raw(b"", status=500), "refused"),
        (servers.raw(b"", status=401), "refused"),
        (servers.raw(b"\x1f\x8b\x08garbage", Content_Encoding="gzip"), "broken"),
    ],
)
def test_an_ill_behaved_server_is_told_apart(answer, reason):
    with servers.behaving(answer) as (url, _heard), pytest.raises(ModelUnavailable) as gone:
        chat(url, seconds=0.4).complete(ASK, most_characters=200)

    assert gone.value.reason == reason


def test_a_redirect_is_not_followed():
    with (
        servers.behaving(servers.saying("[1] của kẻ khác")) as (other, heard),
        servers.behaving(servers.raw(b"", status=307, Location=f"{other}/chat/completions")) as (
            url,
            _,
        ),
        pytest.raises(ModelUnavailable) as gone,
    ):
        chat(url).complete(ASK, most_characters=200)

    assert gone.value.reason == "moved"
    assert not heard.bodies


def test_nobody_there_is_gone_and_then_left_alone():
    with servers.behaving(servers.cut) as (url, _heard):
        pass
    model, reasons = chat(url), []
    for _ in range(4):
        with pytest.raises(ModelUnavailable) as gone:
            model.complete(ASK, most_characters=200)
        reasons.append(gone.value.reason)

    assert reasons == ["gone", "gone", "gone", "resting"]


def test_a_rested_server_is_tried_once_and_then_trusted():
    clock = [0.0]
    breaker = Breaker(failures=2, seconds=10, now=lambda: clock[0])
    breaker.failed()
    breaker.failed()

    assert not breaker.lets_through()
    clock[0] = 11
    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.succeeded()
    assert breaker.lets_through()


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    with servers.behaving(servers.saying("[1] ừ")) as (url, _heard):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

        assert chat(url).complete(ASK, most_characters=200) == "[1] ừ"


@pytest.mark.parametrize(
    ("url", "fit"),
    [
        ("https://llm.khanhhoa.example/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://llm.khanhhoa.example/v1", False),
        ("http://localhost@evil.example/v1", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_tls_or_this_machine_is_spoken_to(url, fit):
    assert is_fit(url) is fit
    if not fit:
        with pytest.raises(ModelUnavailable) as gone:
            chat(url).complete(ASK, most_characters=200)
        assert gone.value.reason == "refused"


@pytest.mark.parametrize(
    "content",
    [
        b"{}", b"[]", b'{"data": []}', b'{"data": [{"index": 0, "embedding": [0, 0]}]}',
        b'{"data": [{"index": 1, "embedding": [1]}]}', b'{"data": [{"index": 0, "embedding": [NaN]}]}',
        b'{"data": [{"index": 0, "embedding": ["x"]}]}', b'{"data": [{"index": 0, "embedding": []}]}',
    ],
)  # fmt: skip
def test_what_are_no_vectors_is_refused(content):
    with (
        servers.behaving(servers.raw(content)) as (url, _heard),
        pytest.raises(ModelUnavailable) as gone,
    ):
        vectors(url).embed(["một"])

    assert gone.value.reason == "broken"
