"""BPMN out and in: nothing of a process is lost, strangers' files are understood or refused."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from tests.workflow.processes import step, valid_processes

from motcua.workflow.bpmn import NotBpmn, read_bpmn, write_bpmn
from motcua.workflow.bpmn.names import BPMN, BPMNDI, DC, DI
from motcua.workflow.bpmn.reading import role_named
from motcua.workflow.bpmn.safexml import MAX_BYTES, UnsafeXml
from motcua.workflow.checks import check
from motcua.workflow.definition import COMPETENT, DEFAULT, RECEIVING, Process

SAMPLES = Path(__file__).parent / "samples"
NS = {"b": BPMN, "di": BPMNDI, "dc": DC, "w": DI}


def wrapped(inside: str) -> bytes:
    return f'<definitions xmlns="{BPMN}"><process id="p">{inside}</process></definitions>'.encode()


def flows(*pairs: str) -> str:
    parts = (pair.split(">") for pair in pairs)
    return "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(parts)
    )


def tasks(*ids: str) -> str:
    return "".join(f'<task id="{i}" name="Việc {i}"/>' for i in ids)


START_END = '<startEvent id="s"/><endEvent id="e"/>'


@given(valid_processes())
def test_a_process_survives_bpmn(process: Process) -> None:
    imported = read_bpmn(write_bpmn(process))

    assert imported.process == process
    assert imported.notes == ()


def test_rework_beside_the_chain_survives_bpmn() -> None:
    process = Process(
        key="sua",
        name="Có bước sửa",
        steps=(step("a", "b"), step("b", back=("c",)), step("c", "b", role="clerk")),
    )
    assert check(process) == []

    imported = read_bpmn(write_bpmn(process)).process

    assert check(imported) == []
    assert {s.key: s.role for s in imported.steps} == {s.key: s.role for s in process.steps}


def test_other_tools_find_lanes_shapes_and_edges() -> None:
    root = etree.fromstring(write_bpmn(DEFAULT))

    nodes = root.xpath(
        "//b:userTask | //b:startEvent | //b:endEvent | //b:exclusiveGateway", namespaces=NS
    )
    drawn = set(root.xpath("//di:BPMNShape/@bpmnElement", namespaces=NS))
    lines = set(root.xpath("//di:BPMNEdge/@bpmnElement", namespaces=NS))
    lanes = root.xpath("//b:lane", namespaces=NS)
    in_lanes = root.xpath("//b:lane/b:flowNodeRef/text()", namespaces=NS)

    assert len(lanes) == 4
    assert sorted(in_lanes) == sorted(node.get("id") for node in nodes)
    assert drawn >= {node.get("id") for node in nodes} | {lane.get("id") for lane in lanes}
    assert lines == set(root.xpath("//b:sequenceFlow/@id", namespaces=NS))
    assert all(len(edge) >= 2 for edge in root.xpath("//di:BPMNEdge", namespaces=NS))


@given(valid_processes())
def test_ids_are_unique_and_references_lead_somewhere(process: Process) -> None:
    root = etree.fromstring(write_bpmn(process))

    ids = root.xpath("//@id")
    named = root.xpath("//@sourceRef | //@targetRef | //@default | //@processRef | //@bpmnElement")

    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", found) for found in ids)


def test_a_file_of_bpmn_io_is_understood() -> None:
    imported = read_bpmn((SAMPLES / "bpmn-io.bpmn").read_bytes())

    steps = imported.process.steps
    assert imported.process.name == "Cấp bản sao trích lục hộ tịch"
    assert [(s.name, s.role, s.place) for s in steps] == [
        ("Tiếp nhận hồ sơ", "receptionist", RECEIVING),
        ("Thẩm tra hồ sơ", "appraiser", COMPETENT),
        ("Ký trích lục", "chairman", COMPETENT),
        ("Đóng dấu", "clerk", COMPETENT),
        ("Trả kết quả", "receptionist", RECEIVING),
    ]
    assert steps[2].back == (steps[1].key,)
    assert sum("tạm lấy 8 giờ" in note for note in imported.notes) == 5
    assert sum("kết thúc sớm" in note for note in imported.notes) == 1
    assert {problem.code for problem in check(imported.process)} == {"no_product"}


def test_a_file_of_camunda_is_understood() -> None:
    imported = read_bpmn((SAMPLES / "camunda.bpmn").read_bytes())

    assert [(s.role, s.hours, s.product) for s in imported.process.steps] == [
        ("receptionist", 2, "Giấy tiếp nhận"),
        ("appraiser", 80, "Tờ trình"),
        ("head", 8, "Giấy phép"),
    ]
    assert imported.process.key == "cap-giay-phep"
    assert check(imported.process) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Bộ phận Một cửa", "receptionist"),
        ("Trung tâm PVHCC - trả kết quả", "receptionist"),
        ("CHUYÊN VIÊN PHÒNG VĂN HÓA", "appraiser"),
        ("Công chức chuyên môn xã", "appraiser"),
        ("Lãnh đạo UBND", "head"),
        ("Giám đốc Sở", "head"),
        ("Chủ tịch UBND xã", "chairman"),
        ("Văn thư", "clerk"),
        ("Thu phí, lệ phí", "cashier"),
        ("centre_lead", "centre_lead"),
        ("Người dân", ""),
        ("", ""),
    ],
)
def test_lanes_are_taken_for_posts(text: str, role: str) -> None:
    assert role_named(text) == role


def test_a_step_without_end_event_is_the_last() -> None:
    imported = read_bpmn(wrapped(tasks("a", "b") + flows("a>b")))

    assert [(s.key, s.next) for s in imported.process.steps] == [("a", "b"), ("b", "")]


def test_steps_with_the_same_made_up_key_are_kept_apart() -> None:
    imported = read_bpmn(wrapped(tasks("a.b", "a_b", "a:b") + flows("a.b>a_b", "a_b>a:b")))

    assert [s.key for s in imported.process.steps] == ["a-b", "a_b", "a-b-2"]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"<html/>", "definitions"),
        (f'<definitions xmlns="{BPMN}"/>'.encode(), "không có quy trình"),
        (wrapped(""), "không có quy trình"),
        (wrapped(START_END + flows("s>e")), "không có bước"),
        (wrapped(START_END + tasks("a", "b") + flows("s>a", "a>e")), "Không có đường nào"),
        (wrapped(tasks("a") + flows("a>zz")), "không dẫn tới đâu"),
        (wrapped(START_END + tasks("a", "b") + flows("s>a", "s>b")), "một điểm bắt đầu"),
        (wrapped(tasks("a", "b")), "một điểm bắt đầu"),
        (wrapped(tasks("a", "b", "c") + flows("a>b", "a>c")), "nhiều nhánh"),
        (
            wrapped(tasks("a") + '<parallelGateway id="g" name="Chia"/>' + flows("a>g")),
            "song song",
        ),
        (wrapped(tasks("a") + '<subProcess id="g"/>' + flows("a>g")), "lồng nhau"),
    ],
)
def test_what_is_not_one_chain_is_refused_in_words(content: bytes, part: str) -> None:
    with pytest.raises(NotBpmn, match=part):
        read_bpmn(content)


def test_two_processes_at_once_are_refused() -> None:
    two = wrapped(tasks("a")).replace(b"</definitions>", b"")
    two += b'<process id="q">' + tasks("b").encode() + b"</process></definitions>"

    with pytest.raises(NotBpmn, match="nhiều quy trình"):
        read_bpmn(two)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"not xml",
        b"<a><b></a>",
        b"<a>&unknown;</a>",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"\xff\xfe\x00",
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        OUTSIDE,
        b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>',
        b"<a>" * 65 + b"</a>" * 65,
        b"<a>" + b"<b/>" * 20_000 + b"</a>",
        b"<a>" + b" " * MAX_BYTES + b"</a>",
    ],
)
def test_unsafe_or_broken_xml_is_refused(content: bytes) -> None:
    with pytest.raises(UnsafeXml):
        read_bpmn(content)


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(UnsafeXml) as refusal:
        read_bpmn(b"")

    assert refusal.value.field == "file"


def test_a_process_with_a_dangling_way_can_still_be_written() -> None:
    process = replace(DEFAULT, steps=(replace(DEFAULT.steps[1], next="gone", back=("lost",)),))

    assert b"userTask" in write_bpmn(process)


def test_a_step_dragged_to_another_lane_changes_hands() -> None:
    root = etree.fromstring(write_bpmn(DEFAULT))
    (node,) = root.xpath("//b:flowNodeRef[text()='Step_issue']", namespaces=NS)
    (lane,) = root.xpath("//b:lane[.//*[@role='appraiser']]", namespaces=NS)
    lane.append(node)

    issue = read_bpmn(etree.tostring(root)).process.step("issue")

    assert issue is not None
    assert issue.role == "appraiser"


def test_camundas_cloud_files_name_posts_too() -> None:
    zeebe = "http://camunda.org/schema/zeebe/1.0"
    content = wrapped(
        f'<userTask id="a" name="Ký"><extensionElements xmlns:z="{zeebe}">'
        '<z:assignmentDefinition candidateGroups="chu-tich"/>'
        '<z:properties><z:property name="hours" value="3"/></z:properties>'
        "</extensionElements></userTask>"
    )

    (only,) = read_bpmn(content).process.steps

    assert (only.role, only.hours) == ("chairman", 3)
