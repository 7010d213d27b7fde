"""What a program sends to file a dossier."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from motcua.directory.services.parties import PartyDetails
from motcua.dossiers import services as dossiers

Short = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=250)]
Text = Annotated[str, Field(max_length=5000)]
Count = Annotated[int, Field(ge=0, le=999)]


class In(BaseModel):
    """Base of everything that is sent: an unknown name is refused, so that a typo is noticed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class PersonIn(In):
    """A person or organisation: whom the dossier concerns, or who asks."""

    name: Annotated[str, Field(min_length=2, max_length=200)]
    id_number: Annotated[str, Field(min_length=8, max_length=20)]
    kind: Literal["citizen", "foreigner", "household", "organisation"] = "citizen"
    birth_date: date | None = None
    sex: Annotated[str, Field(max_length=6)] = ""
    phone: Annotated[str, Field(max_length=20)] = ""
    email: Annotated[str, Field(max_length=120)] = ""
    address: Line = ""
    place_code: Annotated[str, Field(max_length=10)] = ""

    def details(self) -> PartyDetails:
        """Return it as the directory takes it."""
        return PartyDetails(**self.__dict__)


class PaperIn(In):
    """What was brought of one component.

    `files`: keys of files uploaded before. `stored`: keys of papers of the owner's store.
    """

    component: Short
    originals: Count = 0
    copies: Count = 0
    files: Annotated[list[UUID], Field(max_length=20)] = []
    note: Annotated[str, Field(max_length=300)] = ""
    stored: Annotated[list[UUID], Field(max_length=5)] = []

    def brought(self, sent: tuple[str, ...] = ()) -> dossiers.PaperIn:
        """Return it as the services take it, with the files that came along."""
        keys = (*(str(key) for key in self.files), *sent)
        stored = tuple(str(key) for key in self.stored)
        return dossiers.PaperIn(
            self.component, self.originals, self.copies, keys, self.note, stored
        )


class FilingIn(In):
    """A dossier to file. Without `applicant` its owner asks."""

    procedure: Annotated[str, Field(max_length=40)]
    channel: Literal["counter", "online", "post"] = "counter"
    receiving: Annotated[str, Field(max_length=35)]
    competent: Annotated[str, Field(max_length=35)]
    support: Annotated[str, Field(max_length=35)] = ""
    case: Annotated[str, Field(max_length=80)] = ""
    owner: PersonIn
    applicant: PersonIn | None = None
    mandate: Annotated[str, Field(max_length=200)] = ""
    helper_name: Short = ""
    papers: Annotated[list[PaperIn], Field(max_length=100)] = []
    form_data: Annotated[dict[str, str | int | float | bool | None], Field(max_length=300)] = {}
    phone: Annotated[str, Field(max_length=20)] = ""
    email: Annotated[str, Field(max_length=120)] = ""
    return_mode: Literal["counter", "post", "online"] = "counter"
    return_address: Line = ""
    sets: Annotated[int, Field(ge=1, le=99)] = 1
    is_confidential: bool = False
    note: Annotated[str, Field(max_length=500)] = ""

    def filing(self, papers: tuple[dossiers.PaperIn, ...]) -> dossiers.Filing:
        """Return it as the services take it."""
        values = self.__dict__ | {
            "owner": self.owner.details(),
            "applicant": self.applicant.details() if self.applicant else None,
            "papers": papers,
        }
        return dossiers.Filing(**values)
