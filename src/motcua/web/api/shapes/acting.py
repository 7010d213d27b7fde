"""What a program sends to act on a dossier: one shape for each act."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from motcua.web.api.shapes.filing import Count, In, PaperIn, Short, Text

Key = Annotated[str, Field(max_length=120)]
Law = Annotated[str, Field(max_length=200)]


class NothingIn(In):
    """The act needs no more than its name."""


class AcceptIn(In):
    """`quantities`: how many pages or copies each fee counts, by the fee's key."""

    quantities: Annotated[dict[Key, Count], Field(max_length=50)] = {}
    originals_held: Count = 0


class RefusalIn(In):
    """Why, and by which clause."""

    reason: Text
    law: Law


class SupplementIn(In):
    """`items`: component key → why it is asked for."""

    items: Annotated[dict[Key, Text], Field(max_length=100)]
    reason: Text
    law: Law = ""
    database_failed: Annotated[list[Key], Field(max_length=100)] = []
    store_wrong: Annotated[list[Key], Field(max_length=100)] = []


class SupplementAnswerIn(In):
    """What came in answer to the one request."""

    papers: Annotated[list[PaperIn], Field(max_length=100)] = []
    note: Text = ""


class AssignIn(In):
    """`to`: the officer's user name."""

    to: Short


class ConsultIn(In):
    """`agencies`: codes of those who are asked, all at once."""

    agencies: Annotated[list[Key], Field(min_length=1, max_length=30)]
    question: Text
    due_at: AwareDatetime


class OpinionIn(In):
    """An asked agency's answer."""

    verdict: Key
    answer: Text = ""


class AppraiseIn(In):
    """What the appraiser notes."""

    note: Text = ""


class SendBackIn(In):
    """`to_step` blank means the step before."""

    reason: Text
    to_step: Annotated[str, Field(max_length=40)] = ""


class IssueIn(In):
    """What the result says, where it is more than its name."""

    text: Text = ""


class ReturnIn(In):
    """Who took the result, how, and what shows it."""

    mode: Literal["counter", "post", "online"] = "counter"
    receiver: Short
    proof: Annotated[str, Field(max_length=200)] = ""
    originals_returned: Count | None = None


class OriginalsIn(In):
    """Who took the originals back, and what shows it."""

    receiver: Short
    proof: Annotated[str, Field(max_length=200)] = ""


class ExtendIn(In):
    """The one new appointment."""

    new_due: AwareDatetime
    reason: Text


class ObligationIn(In):
    """A financial obligation."""

    amount_vnd: Annotated[int, Field(gt=0, le=100_000_000_000)]
    reason: Text
    pauses_clock: bool = True


class PaymentIn(In):
    """How it was paid."""

    method: Literal["cash", "transfer", "qr", "card", "npsp"]
    reference: Annotated[str, Field(max_length=80)] = ""


class ReasonIn(In):
    """Why."""

    reason: Text


class AmendIn(In):
    """What was declared anew."""

    form_data: Annotated[dict[str, str | int | float | bool | None], Field(max_length=300)]


class CorrectionIn(In):
    """The corrected text."""

    text: Text


class DraftIn(In):
    """The result document: its wording, and what stands in the blanks that may be edited."""

    wording: Annotated[str, Field(max_length=40)] = ""
    filled: Annotated[dict[Key, Text], Field(max_length=60)] = {}


class AtOnceIn(In):
    """Everything in one act."""

    receiver: Short
    quantities: Annotated[dict[Key, Count], Field(max_length=50)] = {}
    method: Literal["cash", "transfer", "qr", "card", "npsp"] = "cash"
    text: Text = ""


class HandOverIn(In):
    """Paper dossiers that leave together for one agency."""

    codes: Annotated[list[Key], Field(min_length=1, max_length=200)]
    sender: Key
    receiver: Key
    carrier: Short = ""


class BatchIn(In):
    """Dossiers on which one act is done, each with its own result."""

    codes: Annotated[list[Key], Field(min_length=1, max_length=200)]
