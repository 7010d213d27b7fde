"""Actor: who does something, with the posts held at that moment. Passed, never ambient."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostRef:
    """A post as it stood when the actor was read; `on_behalf_of` names the delegator.

    `holder_id`: the account whose own post it is, where it is lent; None where it is one's own.
    `fields`: the fields (lĩnh vực) the post is limited to; empty means all.
    """

    post_id: int
    agency_id: int
    agency_code: str
    agency_name: str
    agency_level: str
    agency_kind: str
    role: str
    title: str = ""
    on_behalf_of: str = ""
    fields: tuple[str, ...] = ()
    holder_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """A person, a citizen's account, the system itself, or an unknown member of the public."""

    kind: str
    name: str = ""
    account_id: int | None = None
    party_id: int | None = None
    posts: tuple[PostRef, ...] = ()

    @property
    def key(self) -> str:
        """Stable name for the ledger: "account:12", "system", "public"."""
        return f"account:{self.account_id}" if self.account_id else self.kind

    @property
    def is_staff(self) -> bool:
        """Tell whether this is an officer."""
        return self.kind == "staff"

    @property
    def is_citizen(self) -> bool:
        """Tell whether this is a signed-in citizen."""
        return self.kind == "citizen"

    def has_role(self, *roles: str, agency_id: int | None = None) -> bool:
        """Tell whether a post of one of these roles is held (at that agency, when given)."""
        return self.post_for(*roles, agency_id=agency_id) is not None

    def post_for(self, *roles: str, agency_id: int | None = None) -> PostRef | None:
        """Return the first post of one of these roles (at that agency, when given)."""
        for post in self.posts:
            if post.role in roles and agency_id in (None, post.agency_id):
                return post
        return None

    def agency_ids(self, *roles: str) -> frozenset[int]:
        """Return the agencies at which a post (of one of these roles, when given) is held."""
        return frozenset(p.agency_id for p in self.posts if not roles or p.role in roles)

    @property
    def is_province_wide(self) -> bool:
        """Tell whether a post lets this person read across the whole province."""
        wide = {"controller", "auditor"}
        return any(
            p.role in wide
            or (p.role in {"chairman", "centre_lead"} and p.agency_level == "province")
            for p in self.posts
        )

    @property
    def place(self) -> str:
        """Return the agency of the first post, as short as people say it."""
        if not self.posts:
            return ""
        name = self.posts[0].agency_name
        for whole, short in _SHORT:
            name = name.replace(whole, short)
        return name

    def describe(self, *, agency_id: int | None = None) -> str:
        """Return "title, agency" of the post in which this person acts, for the trail."""
        for post in self.posts:
            if agency_id in (None, post.agency_id):
                title = post.title or post.role
                behalf = f" (thay {post.on_behalf_of})" if post.on_behalf_of else ""
                return f"{title}, {post.agency_name}{behalf}"
        return ""


_SHORT = (
    ("Trung tâm Phục vụ hành chính công", "Trung tâm"),
    ("Ủy ban nhân dân", "UBND"),
    ("Chi nhánh Văn phòng đăng ký đất đai", "Chi nhánh VPĐKĐĐ"),
)

SYSTEM = Actor(kind="system", name="Hệ thống")
PUBLIC = Actor(kind="public", name="")
