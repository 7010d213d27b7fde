"""A BPMN drawing as a graph: which tasks follow which, through gateways and events."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused
from motcua.workflow.bpmn.names import BPMN

TASKS = {
    "userTask",
    "task",
    "manualTask",
    "serviceTask",
    "businessRuleTask",
    "sendTask",
    "receiveTask",
    "scriptTask",
}
PASSED_THROUGH = {
    "exclusiveGateway",
    "complexGateway",
    "intermediateThrowEvent",
    "intermediateCatchEvent",
}
SPLITTING = {"parallelGateway", "inclusiveGateway", "eventBasedGateway"}
NESTED = {"subProcess", "adHocSubProcess", "transaction", "callActivity"}
END = "end"


class NotBpmn(Refused):
    """The file is not a BPMN 2.0 process, or draws what a chain of steps cannot follow."""

    field = "file"


@dataclass
class Graph:
    """The tasks of a drawing in the order a case meets them, and where each leads."""

    tasks: dict[str, Element] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    leads_to: dict[str, list[str]] = field(default_factory=dict)


def local(element: Element) -> str:
    """Return the name of a BPMN element without its namespace, "" for other namespaces."""
    uri, _brace, name = element.tag.rpartition("}")
    return name if uri == "{" + BPMN else ""


def graph_of(process: Element) -> Graph:
    """Return the graph of a process element.

    Raises NotBpmn: parallel branches, nested processes, no start, more than one start.
    """
    nodes = {node.get("id", ""): node for node in process if local(node)}
    _refuse_unfollowable(nodes.values())
    outgoing = _outgoing(process, nodes)
    tasks = {key: node for key, node in nodes.items() if local(node) in TASKS}
    start = _start(nodes, outgoing, tasks)
    graph = Graph()
    waiting = deque([start])
    graph.order[start] = 0
    while waiting:
        key = waiting.popleft()
        graph.tasks[key] = tasks[key]
        graph.leads_to[key] = list(_next_tasks(key, nodes, outgoing))
        for following in graph.leads_to[key]:
            if following != END and following not in graph.order:
                graph.order[following] = graph.order[key] + 1
                waiting.append(following)
    lost = [node.get("name") or key for key, node in tasks.items() if key not in graph.tasks]
    if lost:
        raise NotBpmn(_("Không có đường nào đi tới bước: %s.") % ", ".join(lost))
    return graph


def _refuse_unfollowable(nodes: Iterable[Element]) -> None:
    for node in nodes:
        name = node.get("name") or node.get("id", "")
        if local(node) in SPLITTING:
            raise NotBpmn(
                _(
                    "Cổng “%s” tách nhánh song song. Ở đây việc song song là lấy ý kiến cơ quan "
                    "khác; bỏ nhánh đó khỏi hình rồi nhập lại."
                )
                % name
            )
        if local(node) in NESTED:
            raise NotBpmn(
                _("“%s” là quy trình lồng nhau; hãy vẽ thành các bước liền nhau.") % name
            )


def _outgoing(process: Element, nodes: dict[str, Element]) -> dict[str, list[str]]:
    """Return the targets of each node, its default flow first."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for flow in process:
        if local(flow) != "sequenceFlow":
            continue
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        if source not in nodes or target not in nodes:
            raise NotBpmn(_("Đường nối “%s” không dẫn tới đâu cả.") % flow.get("id", ""))
        is_default = nodes[source].get("default") == flow.get("id")
        found.setdefault(source, []).append((not is_default, target))
    return {
        source: [target for _rank, target in sorted(targets, key=lambda pair: pair[0])]
        for source, targets in found.items()
    }


def _start(
    nodes: dict[str, Element], outgoing: dict[str, list[str]], tasks: dict[str, Element]
) -> str:
    if not tasks:
        raise NotBpmn(_("Tệp không có bước công việc nào."))
    starts = [key for key, node in nodes.items() if local(node) == "startEvent"]
    if starts:
        firsts = {key for start in starts for key in _next_tasks(start, nodes, outgoing)} - {END}
    else:
        led_to = {target for targets in outgoing.values() for target in targets}
        firsts = {key for key in tasks if key not in led_to}
    if len(firsts) != 1:
        raise NotBpmn(_("Quy trình phải có đúng một điểm bắt đầu dẫn tới một bước."))
    return firsts.pop()


def _next_tasks(
    key: str, nodes: dict[str, Element], outgoing: dict[str, list[str]]
) -> Iterator[str]:
    """Yield the tasks (or END) that a node leads to, through gateways and events, each once."""
    seen: set[str] = {key}
    waiting = deque(outgoing.get(key, []))
    found: set[str] = set()
    if not waiting:
        yield END
    while waiting:
        target = waiting.popleft()
        kind = local(nodes[target])
        answer = target if kind in TASKS else END if kind == "endEvent" else ""
        if answer:
            if answer not in found:
                found.add(answer)
                yield answer
        elif kind in PASSED_THROUGH and target not in seen:
            seen.add(target)
            waiting.extend(outgoing.get(target, []))
