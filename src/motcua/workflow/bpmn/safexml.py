"""Reading XML from strangers: no document type, no entities, bounded size, depth and count."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 20_000


class UnsafeXml(Refused):
    """The file is too large, not XML, or uses what an attack would use."""

    field = "file"


def parse(content: bytes) -> Element:
    """Return the root of an XML document; names are "{namespace}local".

    Raises UnsafeXml: over 1 MiB, a document type or entity, too deep, too many elements, or not
    well-formed.
    """
    if len(content) > MAX_BYTES:
        raise UnsafeXml(_("Tệp lớn hơn 1 MiB; tệp quy trình không cần lớn như vậy."))
    if not content.strip():
        raise UnsafeXml(_("Tệp rỗng."))
    reader = _Reader()
    try:
        return reader.read(content)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        text = _("Tệp không phải XML hợp lệ (dòng %d).")
        raise UnsafeXml(text % getattr(error, "lineno", 1)) from error


class _Reader:
    """One pass of expat into a tree, refusing on the way."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self._count = 0
        self._expat = expat.ParserCreate(namespace_separator="}")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._tree.data
        self._expat.StartDoctypeDeclHandler = self._refuse_doctype
        self._expat.EntityDeclHandler = self._refuse_doctype

    def read(self, content: bytes) -> Element:
        self._expat.Parse(content, True)  # noqa: FBT003  expat takes no keywords
        return self._tree.close()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise UnsafeXml(_("Tệp quá phức tạp so với một quy trình nội bộ."))
        self._tree.start(_full(name), {_full(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_full(name))

    def _refuse_doctype(self, *_args: object) -> None:
        raise UnsafeXml(
            _("Tệp có khai báo DOCTYPE hoặc thực thể; vì an toàn, tệp không được đọc.")
        )


def _full(name: str) -> str:
    return "{" + name if "}" in name else name
