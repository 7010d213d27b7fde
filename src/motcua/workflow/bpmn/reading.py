"""Reading BPMN 2.0 XML, ours or drawn elsewhere, into a process with notes on assumptions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from motcua.kernel.text import fold
from motcua.workflow.bpmn.graph import END, Graph, NotBpmn, graph_of
from motcua.workflow.bpmn.names import CAMUNDA, ZEEBE, bpmn, own
from motcua.workflow.bpmn.safexml import parse
from motcua.workflow.definition import (
    ASSIGNMENTS,
    COMPETENT,
    POOL,
    RECEIVING,
    ROLES,
    Process,
    Step,
)

ASSUMED_HOURS = 8

# Words by which lanes and groups name a post, in the order in which they are tried.
_ROLE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("chairman", ("chu tich", "chairman")),
    ("clerk", ("van thu", "dong dau", "clerk")),
    ("cashier", ("thu phi", "ke toan", "thu ngan", "cashier")),
    ("centre_lead", ("lanh dao trung tam", "giam doc trung tam", "centre lead")),
    (
        "head",
        ("lanh dao", "truong phong", "giam doc", "thu truong", "phe duyet", "manager", "head"),
    ),
    ("appraiser", ("chuyen vien", "tham dinh", "thu ly", "cong chuc chuyen mon", "apprais")),
    ("receptionist", ("tiep nhan", "mot cua", "tra ket qua", "reception", "front desk")),
    ("support", ("ho tro", "buu chinh", "support")),
)
_HOUR_NAMES = ("hours", "gio", "so_gio", "sogio")
_PRODUCT_NAMES = ("product", "san_pham", "sanpham")


@dataclass(frozen=True)
class Imported:
    """A process read from a file, and what had to be assumed, for a person to look over."""

    process: Process
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Post:
    role: str = ""
    place: str = ""


def read_bpmn(content: bytes) -> Imported:
    """Return the process that a BPMN 2.0 file draws.

    Lanes become posts by their names; hours, products and posts are taken from our own extension,
    from Camunda's groups and properties, or assumed with a note. `checks.check` says what the
    result still lacks.
    Raises safexml.UnsafeXml: not safe or not XML. Raises NotBpmn: not BPMN, or not one chain.
    """
    root = parse(content)
    if root.tag != bpmn("definitions"):
        raise NotBpmn(_("Tệp không phải BPMN 2.0 (phần tử gốc phải là “definitions”)."))
    drawn = [item for item in root if item.tag == bpmn("process") and len(item)]
    if not drawn:
        raise NotBpmn(_("Tệp không có quy trình nào."))
    if len(drawn) > 1:
        raise NotBpmn(_("Tệp có nhiều quy trình; mỗi lần nhập một quy trình."))
    return _Reading(root, drawn[0]).imported()


class _Reading:
    """One file being read; collects notes on the way."""

    def __init__(self, root: Element, process: Element) -> None:
        self._root = root
        self._process = process
        self._graph: Graph = graph_of(process)
        self._posts = _posts_of_lanes(process)
        self._keys = _keys(self._graph)
        self._notes: list[str] = []

    def imported(self) -> Imported:
        own_process = self._process.find(f"{bpmn('extensionElements')}/{own('process')}")
        attributes = {} if own_process is None else dict(own_process.attrib)
        name = self._process.get("name") or self._pool_name()
        process = Process(
            key=attributes.get("key") or _key_from(self._process.get("id", "")) or "quy-trinh",
            name=" ".join(name.split()),
            steps=tuple(self._step(element_id) for element_id in self._graph.tasks),
            is_elastic=attributes.get("elastic") == "true",
        )
        return Imported(process, tuple(self._notes))

    def _pool_name(self) -> str:
        pool = self._root.find(f"{bpmn('collaboration')}/{bpmn('participant')}")
        return "" if pool is None else pool.get("name", "")

    def _step(self, element_id: str) -> Step:
        element = self._graph.tasks[element_id]
        found = element.find(f"{bpmn('extensionElements')}/{own('step')}")
        ours: Mapping[str, str] = {} if found is None else found.attrib
        others = _properties(element)
        name = " ".join(element.get("name", "").split())
        following, back = self._ways(element_id)
        post = self._post(element_id, ours)
        product = "" if found is None else found.findtext(own("product"), "")
        assignment = ours.get("assignment", POOL)
        return Step(
            key=self._keys[element_id],
            name=name,
            role=post.role,
            place=post.place or self._assumed_place(post.role),
            hours=self._hours(name, ours, others),
            product=(product or _first(others, _PRODUCT_NAMES)).strip(),
            next=following,
            back=back,
            assignment=assignment if assignment in ASSIGNMENTS else POOL,
            authority=ours.get("authority", ""),
        )

    def _post(self, element_id: str, ours: Mapping[str, str]) -> _Post:
        lane = self._posts.get(element_id, _Post())
        element = self._graph.tasks[element_id]
        group = element.get(f"{{{CAMUNDA}}}candidateGroups", "")
        zeebe = element.find(f"{bpmn('extensionElements')}/{{{ZEEBE}}}assignmentDefinition")
        if zeebe is not None:
            group = group or zeebe.get("candidateGroups", "")
        # The lane is what a person sees, so a task dragged to another lane changes hands.
        role = lane.role or ours.get("role") or role_named(group)
        place = lane.place if lane.role else ours.get("place", "")
        return _Post(role if role in ROLES else "", place or ours.get("place", ""))

    @staticmethod
    def _assumed_place(role: str) -> str:
        return RECEIVING if role in {"receptionist", "cashier", "support"} else COMPETENT

    def _hours(self, name: str, ours: Mapping[str, str], others: Mapping[str, str]) -> int:
        text = ours.get("hours") or _first(others, _HOUR_NAMES)
        if text and re.fullmatch(r"\d{1,4}", text.strip()):
            return int(text)
        note = _("Bước “%(step)s” không ghi số giờ; tạm lấy %(hours)d giờ làm việc.")
        self._notes.append(note % {"step": name, "hours": ASSUMED_HOURS})
        return ASSUMED_HOURS

    def _ways(self, element_id: str) -> tuple[str, tuple[str, ...]]:
        """Return the step that follows and those to which it may go back."""
        order = self._graph.order
        targets = self._graph.leads_to[element_id]
        back = [
            key
            for key in targets
            if key != END
            and (order[key] <= order[element_id] or (element_id, key) in self._graph.said_back)
        ]
        onward = [key for key in targets if key != END and key not in back]
        name = self._graph.tasks[element_id].get("name") or element_id
        if len(onward) > 1:
            raise NotBpmn(
                _("Sau bước “%s” có nhiều nhánh đi tiếp; mỗi bước chỉ có một bước tiếp theo.")
                % name
            )
        if onward and END in targets:
            note = _(
                "Nhánh kết thúc sớm sau bước “%s” được bỏ: từ chối hay dừng là việc của hồ sơ."
            )
            self._notes.append(note % name)
        if not onward and END not in targets and len(back) == 1:
            # A line to an earlier task and nowhere else: rework that rejoins the chain.
            onward, back = back, []
        following = self._keys[onward[0]] if onward else ""
        return following, tuple(self._keys[key] for key in back)


def role_named(text: str) -> str:
    """Return the post that a lane's or a group's name means, "" when none is recognised."""
    plain = text.strip().lower()
    if plain in ROLES:
        return plain
    folded = fold(re.sub(r"[-_]", " ", text))
    return next((role for role, words in _ROLE_WORDS if any(word in folded for word in words)), "")


def _posts_of_lanes(process: Element) -> dict[str, _Post]:
    posts: dict[str, _Post] = {}
    for lane in process.iter(bpmn("lane")):
        found = lane.find(f"{bpmn('extensionElements')}/{own('post')}")
        if found is not None:
            post = _Post(found.get("role", ""), found.get("place", ""))
        else:
            post = _Post(role_named(lane.get("name", "")))
        for node in lane.findall(bpmn("flowNodeRef")):
            posts[(node.text or "").strip()] = post
    return posts


def _keys(graph: Graph) -> dict[str, str]:
    """Return a key of ours for each task: its own, else one made from its id, each once."""
    keys: dict[str, str] = {}
    for element_id, element in graph.tasks.items():
        found = element.find(f"{bpmn('extensionElements')}/{own('step')}")
        wanted = "" if found is None else found.get("key", "")
        wanted = wanted or _key_from(element_id) or "buoc"
        key, number = wanted, 2
        while key in keys.values():
            key, number = f"{wanted}-{number}", number + 1
        keys[element_id] = key
    return keys


def _key_from(text: str) -> str:
    plain = re.sub(r"[^a-z0-9_-]+", "-", fold(text)).strip("-_")
    plain = plain if plain[:1].isalpha() else f"b-{plain}" if plain else ""
    return plain[:36]


def _properties(element: Element) -> dict[str, str]:
    found = {}
    for uri in (CAMUNDA, ZEEBE):
        for item in element.iter(f"{{{uri}}}property"):
            found[item.get("name", "").strip().lower()] = item.get("value", "")
    return found


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if values.get(name)), "")
