"""Writing a process as BPMN 2.0 XML with lanes and coordinates, so that other tools draw it."""

import re
from xml.etree import ElementTree as ET

from motcua.workflow.bpmn.names import BPMN, BPMNDI, DC, DI, MOTCUA, XSI, bpmn, own
from motcua.workflow.definition import Process, Step
from motcua.workflow.layout import Box, Flow, Layout, laid_out

for _prefix, _uri in (
    ("bpmn", BPMN),
    ("bpmndi", BPMNDI),
    ("dc", DC),
    ("di", DI),
    ("motcua", MOTCUA),
    ("xsi", XSI),
):
    ET.register_namespace(_prefix, _uri)

_POOL_HEAD = 30


def write_bpmn(process: Process) -> bytes:
    """Return the process as a BPMN 2.0 file (UTF-8).

    Steps are user tasks in one lane per post; ways back leave through an exclusive gateway; what
    BPMN has no word for stands in `motcua:` extension elements.
    """
    layout = laid_out(process)
    root = ET.Element(
        bpmn("definitions"),
        {"id": "Definitions_1", "targetNamespace": MOTCUA, "exporter": "Một Cửa"},
    )
    collaboration = ET.SubElement(root, bpmn("collaboration"), {"id": "Collaboration_1"})
    ET.SubElement(
        collaboration,
        bpmn("participant"),
        {"id": "Participant_1", "name": process.name, "processRef": _process_id(process)},
    )
    root.append(_process(process, layout))
    root.append(_diagram(layout))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _process(process: Process, layout: Layout) -> ET.Element:
    element = ET.Element(
        bpmn("process"),
        {"id": _process_id(process), "name": process.name, "isExecutable": "false"},
    )
    extension = ET.SubElement(element, bpmn("extensionElements"))
    ET.SubElement(
        extension,
        own("process"),
        {"key": process.key, "elastic": "true" if process.is_elastic else "false"},
    )
    element.append(_lanes(layout))
    ET.SubElement(element, bpmn("startEvent"), {"id": "start", "name": "Hồ sơ được tiếp nhận"})
    steps = {step.key: step for step in process.steps}
    for key in layout.boxes:
        kind, _, step_key = key.partition(":")
        if kind == "step":
            element.append(_task(steps[step_key]))
        elif kind == "gate":
            attributes = {"id": _id(key), "name": "Đạt?"}
            if onward := _onward(layout, key):
                attributes["default"] = _flow_id(onward)
            ET.SubElement(element, bpmn("exclusiveGateway"), attributes)
        elif kind == "end":
            ET.SubElement(element, bpmn("endEvent"), {"id": _id(key), "name": "Kết thúc"})
    element.extend(_line(flow) for flow in layout.flows)
    return element


def _line(flow: Flow) -> ET.Element:
    attributes = {
        "id": _flow_id(flow.key),
        "sourceRef": _id(flow.source),
        "targetRef": _id(flow.target),
    }
    if flow.name:
        attributes["name"] = flow.name
    line = ET.Element(bpmn("sequenceFlow"), attributes)
    if flow.is_back:
        condition = ET.SubElement(
            line, bpmn("conditionExpression"), {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
        )
        condition.text = f"${{sendBackTo == '{flow.target.partition(':')[2]}'}}"
    return line


def _lanes(layout: Layout) -> ET.Element:
    lanes = ET.Element(bpmn("laneSet"), {"id": "LaneSet_1"})
    for lane in layout.lanes:
        element = ET.SubElement(lanes, bpmn("lane"), {"id": _id(lane.key), "name": lane.name})
        extension = ET.SubElement(element, bpmn("extensionElements"))
        ET.SubElement(extension, own("post"), {"role": lane.role, "place": lane.place})
        for key in _inside(layout, lane.step_keys, is_first=lane is layout.lanes[0]):
            ET.SubElement(element, bpmn("flowNodeRef")).text = _id(key)
    return lanes


def _inside(layout: Layout, step_keys: tuple[str, ...], *, is_first: bool) -> list[str]:
    wanted = {f"{kind}:{key}" for kind in ("step", "gate", "end") for key in step_keys}
    return [key for key in layout.boxes if key in wanted or (is_first and key == "start")]


def _task(step: Step) -> ET.Element:
    element = ET.Element(bpmn("userTask"), {"id": _id(f"step:{step.key}"), "name": step.name})
    extension = ET.SubElement(element, bpmn("extensionElements"))
    values = {
        "key": step.key,
        "role": step.role,
        "place": step.place,
        "hours": str(step.hours),
        "assignment": step.assignment,
    }
    if step.authority:
        values["authority"] = step.authority
    own_step = ET.SubElement(extension, own("step"), values)
    ET.SubElement(own_step, own("product")).text = step.product
    return element


def _onward(layout: Layout, gate: str) -> str:
    return next(
        (flow.key for flow in layout.flows if flow.source == gate and not flow.is_back), ""
    )


def _diagram(layout: Layout) -> ET.Element:
    diagram = ET.Element(f"{{{BPMNDI}}}BPMNDiagram", {"id": "Diagram_1"})
    plane = ET.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", {"id": "Plane_1", "bpmnElement": "Collaboration_1"}
    )
    top, left = layout.lanes[0].box if layout.lanes else Box(0, 0, 0, 0), _POOL_HEAD
    height = sum(lane.box.height for lane in layout.lanes)
    pool = Box(top.x - left, top.y, top.width + left, height)
    _shape(plane, "Participant_1", pool, is_horizontal=True)
    for lane in layout.lanes:
        _shape(plane, _id(lane.key), lane.box, is_horizontal=True)
    for key, box in layout.boxes.items():
        _shape(plane, _id(key), box, is_horizontal=False)
    for flow in layout.flows:
        edge = ET.SubElement(
            plane,
            f"{{{BPMNDI}}}BPMNEdge",
            {"id": f"{_flow_id(flow.key)}_di", "bpmnElement": _flow_id(flow.key)},
        )
        for x, y in flow.points:
            ET.SubElement(edge, f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)})
    return diagram


def _shape(plane: ET.Element, element_id: str, box: Box, *, is_horizontal: bool) -> None:
    attributes = {"id": f"{element_id}_di", "bpmnElement": element_id}
    if is_horizontal:
        attributes["isHorizontal"] = "true"
    shape = ET.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", attributes)
    values = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    ET.SubElement(shape, f"{{{DC}}}Bounds", {name: str(value) for name, value in values.items()})


def _process_id(process: Process) -> str:
    return "Process_" + (re.sub(r"[^A-Za-z0-9_-]", "_", process.key) or "1")


def _id(key: str) -> str:
    kind, _, rest = key.partition(":")
    return f"{kind.capitalize()}_{rest}" if rest else kind


def _flow_id(key: str) -> str:
    return "Flow_" + re.sub(r"[^A-Za-z0-9_-]", "_", key)
