"""What a program sends about feedback, and what it is told."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from motcua.feedback.queries.public import PublicCase
from motcua.web.api.shapes.filing import In, Line, Short

Code = Annotated[str, Field(max_length=60)]


class FeedbackIn(In):
    """A report, question or complaint; a phone or nothing at all follows it later."""

    text: Annotated[str, Field(max_length=5000)]
    title: Short = ""
    kind: Literal["", "scene", "conduct", "rule", "question"] = ""
    field: Annotated[str, Field(max_length=20)] = ""
    place_code: Annotated[str, Field(max_length=10)] = ""
    lat: float | None = None
    lon: float | None = None
    address: Line = ""
    about_dossier: Code = ""
    about_agency: Code = ""
    about_words: Line = ""
    name: Short = ""
    phone: Annotated[str, Field(max_length=20)] = ""
    email: Short = ""
    sender_address: Line = ""
    anonymous: bool = True


class ReceiptOut(BaseModel):
    """The code, and the PIN of a sender who left no phone; it is told only here."""

    code: str
    pin: str
    state: str
    due_at: datetime | None


class FollowIn(In):
    """The code with its phone (or the last four digits), or with its PIN."""

    code: Code
    proof: Annotated[str, Field(min_length=4, max_length=20)]


class LineOut(BaseModel):
    """One fact of a case: what happened, where; no officer by name."""

    at: datetime
    text: str
    post: str


class FollowedOut(BaseModel):
    """How far a case has come, for its sender."""

    code: str
    kind: str
    field: str
    state: str
    state_label: str
    agency: str
    received_at: datetime
    due_at: datetime | None
    answer: str
    timeline: list[LineOut]


class PublicOut(BaseModel):
    """A case as everybody may read it, personal data masked."""

    code: str
    title: str
    text: str
    answer: str
    kind: str
    field: str
    field_label: str
    state: str
    state_label: str
    place_code: str
    place: str
    lat: float | None
    lon: float | None
    agency: str
    received_at: datetime
    due_at: datetime | None
    published_at: datetime | None
    followers: int

    @classmethod
    def of(cls, case: PublicCase) -> Self:
        """Return the case as it goes out."""
        return cls(**{name: getattr(case, name) for name in cls.model_fields})


class FieldOut(BaseModel):
    """A field of feedback."""

    key: str
    name: str
    name_en: str
