"""A BPMN drawing as a graph: which tasks follow which, through gateways and events."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused
from motcua.kernel.text import fold
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
_RETURN_WORDS = ("tra lai", "tra ve", "quay lai", "lam lai", "send back", "return")

# Where each node leads: its targets, and whether the line is called a return.
Ways = dict[str, list[tuple[str, bool]]]


class NotBpmn(Refused):
    """The file is not a BPMN 2.0 process, or draws what a chain of steps cannot follow."""

    field = "file"


@dataclass
class Graph:
    """The tasks of a drawing in the order a case meets them, and where each leads.

    said_back: ways that the drawing itself calls a return ("trả lại").
    """

    tasks: dict[str, Element] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    leads_to: dict[str, list[str]] = field(default_factory=dict)
    said_back: set[tuple[str, str]] = field(default_factory=set)


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
        ways = dict(_next_tasks(key, nodes, outgoing))
        graph.leads_to[key] = list(ways)
        graph.said_back |= {(key, target) for target, is_back in ways.items() if is_back}
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


def _outgoing(process: Element, nodes: dict[str, Element]) -> Ways:
    """Return the targets of each node, its default flow first, and which are called a return."""
    found: dict[str, list[tuple[bool, str, bool]]] = {}
    for flow in process:
        if local(flow) != "sequenceFlow":
            continue
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        if source not in nodes or target not in nodes:
            raise NotBpmn(_("Đường nối “%s” không dẫn tới đâu cả.") % flow.get("id", ""))
        is_default = nodes[source].get("default") == flow.get("id")
        found.setdefault(source, []).append((not is_default, target, _is_called_return(flow)))
    return {
        source: [(target, back) for _rank, target, back in sorted(ways, key=lambda way: way[0])]
        for source, ways in found.items()
    }


def _is_called_return(flow: Element) -> bool:
    condition = flow.findtext(f"{{{BPMN}}}conditionExpression", "")
    name = fold(flow.get("name", ""))
    return "sendBackTo" in condition or any(word in name for word in _RETURN_WORDS)


def _start(nodes: dict[str, Element], outgoing: Ways, tasks: dict[str, Element]) -> str:
    if not tasks:
        raise NotBpmn(_("Tệp không có bước công việc nào."))
    starts = [key for key, node in nodes.items() if local(node) == "startEvent"]
    if starts:
        found = (dict(_next_tasks(start, nodes, outgoing)) for start in starts)
        firsts = {key for ways in found for key in ways} - {END}
    else:
        led_to = {target for ways in outgoing.values() for target, _back in ways}
        firsts = {key for key in tasks if key not in led_to}
    if len(firsts) != 1:
        raise NotBpmn(_("Quy trình phải có đúng một điểm bắt đầu dẫn tới một bước."))
    return firsts.pop()


def _next_tasks(key: str, nodes: dict[str, Element], outgoing: Ways) -> Iterator[tuple[str, bool]]:
    """Yield the tasks (or END) that a node leads to, through gateways and events, each once."""
    seen: set[str] = {key}
    waiting = deque(outgoing.get(key, []))
    found: set[str] = set()
    if not waiting:
        yield END, False
    while waiting:
        target, is_back = waiting.popleft()
        kind = local(nodes[target])
        answer = target if kind in TASKS else END if kind == "endEvent" else ""
        if answer:
            if answer not in found:
                found.add(answer)
                yield answer, is_back
        elif kind in PASSED_THROUGH and target not in seen:
            seen.add(target)
            waiting.extend((to, is_back or back) for to, back in outgoing.get(target, []))
