"""What a component of the catalogue needs, told from its name and kind."""

from motcua.documents.completeness.values import Need
from motcua.documents.rules import kho
from motcua.kernel.text import fold

# Such a component can be proved by whatever paper says it.
_OPEN = (
    "giay to ", "tai lieu", "chung cu", "ho so ", "xac nhan", "van ban", "bien ban",
    "ban sao cac giay to", "ban chinh giay to",
)  # fmt: skip
# Kinds on which the owner's own name stands.
_OWN_NAME = {
    "identity_card", "birth_certificate", "marital_status", "diploma", "business_licence",
}  # fmt: skip


def need_of(
    *,
    key: str,
    name: str,
    declared_kind: str = "",
    required: bool = True,
    held_by: str = "",
    is_declared: bool = False,
) -> Need:
    """Return what a component needs; `is_declared`: the electronic form stands for it."""
    kinds = kho.kinds_of(name, declared_kind)
    is_of_owner = kho.may_come_from_store(name)
    return Need(
        key=key,
        name=name,
        required=required,
        kinds=kinds,
        is_open=not kinds and fold(name).startswith(_OPEN),
        is_own=is_of_owner and len(kinds) == 1 and kinds[0] in _OWN_NAME,
        held_by=held_by,
        is_declared=is_declared,
    )
