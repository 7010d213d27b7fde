"""A filing in the making: the procedure, what was typed and uploaded so far, what comes next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import Component, Content
from motcua.directory.actor import Actor
from motcua.directory.data import build
from motcua.directory.queries import cards, parties, territory
from motcua.directory.services.parties import PartyDetails
from motcua.dossiers.queries import lists
from motcua.dossiers.services import Filing, PaperIn
from motcua.web.portal import plain, uploads
from motcua.web.portal.eforms import Declaration, declaration_class, prefilled, said_as
from motcua.web.portal.forms import CaseForm
from motcua.web.portal.wizard_store import standing_of
from motcua.web.ui.prose import head_and_rest

if TYPE_CHECKING:
    from django.http import QueryDict

    from motcua.catalog.models import Procedure
    from motcua.directory.models import Party, Place
    from motcua.dossiers.models import Draft

CASE, DECLARATION, PAPERS, REVIEW = "truong-hop", "to-khai", "giay-to", "xem-lai"
_OWN = "_"  # keys of the draft that are the wizard's own, not answers of the form


@dataclass
class Wizard:
    """One person's filing of one procedure, from its draft."""

    code: str
    procedure: "Procedure"
    content: Content
    version_id: int
    actor: Actor
    party: "Party"
    draft: "Draft | None"
    communes: "list[Place]"

    @property
    def draft_key(self) -> str:
        """Under which its files are kept before it is filed."""
        return f"nop:{self.actor.account_id}:{self.code}"

    @property
    def kept(self) -> dict[str, Any]:
        """What was typed so far."""
        return dict(self.draft.form_data) if self.draft else {}

    @property
    def case(self) -> str:
        """The chosen case, "" while none is chosen."""
        return self.draft.case_key if self.draft else ""

    @property
    def steps(self) -> list[str]:
        """The pages of this filing in order."""
        return [CASE, *([DECLARATION] if self.content.form else []), PAPERS, REVIEW]

    def url(self, step: str) -> str:
        """Return the address of a page."""
        return reverse("portal:file-step", args=[self.code, step])

    def following(self, step: str) -> str:
        """Return the address of the page after that one."""
        return self.url(self.steps[self.steps.index(step) + 1])

    def case_form(self, posted: "QueryDict | None" = None) -> CaseForm:
        """Return the form of the first page."""
        form = CaseForm(posted, initial=self._first_values())
        form.offer(self.content, self.communes)
        return form

    def _first_values(self) -> dict[str, Any]:
        kept = self.kept
        values = {
            key: kept.get(_OWN + key, "") for key in ("place", "return_mode", "address", "phone")
        }
        values["case"] = self.case or next((case.key for case in self.content.cases), "")
        values["place"] = values["place"] or self.party.place_id or ""
        values["phone"] = values["phone"] or self.party.phone
        values["address"] = values["address"] or self.party.address
        values["return_mode"] = values["return_mode"] or "counter"
        return values

    def declaration(self, posted: "QueryDict | None" = None) -> Declaration:
        """Return the electronic form: as posted, as kept, or with what the account knows."""
        if self.content.form is None:
            raise Http404
        form = declaration_class(self.content.form, self.communes)
        if posted is not None:
            return form(posted)
        answers = {key: value for key, value in self.kept.items() if not key.startswith(_OWN)}
        if answers:
            return form(answers) if self.kept.get(_OWN + "is_sent") else form(initial=answers)
        return form(initial=prefilled(self.content.form, known_of(self.party)))

    def slots(self) -> list[uploads.Slot]:
        """Return the papers to upload: those no database holds and no form replaces."""
        return [
            uploads.Slot(
                key=component.key,
                name=head_and_rest(component.name)[0],
                note=component.note or plain.quantity(component),
                is_required=component.required,
            )
            for component in self.content.components_for(self.case)
            if not component.held_by and not self.is_declared(component)
        ]

    def is_declared(self, component: Component) -> bool:
        """Whether the electronic form stands for this paper."""
        form = self.content.form
        return form is not None and component.form == form.key

    def filing(self, declaration: Declaration | None) -> Filing:
        """Return what is filed. Raises KeyError when the first page was not sent."""
        kept = self.kept
        place = str(kept[_OWN + "place"])
        return Filing(
            procedure=self.code,
            channel="online",
            receiving=receiving_code(place),
            competent=competent_code(self.procedure, self.content, place),
            owner=details_of(self.party),
            case=self.case,
            papers=self._papers(),
            form_data=_answers(declaration),
            phone=str(kept.get(_OWN + "phone", "")),
            return_mode=str(kept.get(_OWN + "return_mode", "counter")),
            return_address=str(kept.get(_OWN + "address", "")),
        )

    def _papers(self) -> tuple[PaperIn, ...]:
        sent = uploads.by_component(self.draft_key)
        chosen = standing_of(self)
        found = []
        for component in self.content.components_for(self.case):
            if self.is_declared(component):
                found.append(
                    PaperIn(component.key, copies=1, note=_("khai trên biểu mẫu điện tử"))
                )
            elif component.key in sent or component.key in chosen:
                files = sent.get(component.key, ())
                stored = tuple(filter(None, [chosen.get(component.key, "")]))
                found.append(PaperIn(component.key, copies=len(files), files=files, stored=stored))
        return tuple(found)


def open_wizard(code: str, actor: Actor) -> Wizard:
    """Return the filing of a procedure by this person. Raises Http404: it cannot be filed here."""
    version = catalog.version_in_force(code, on=timezone.localdate())
    if version is None or not (version.procedure.online_filing and version.procedure.is_offered):
        raise Http404
    party = parties.party(actor.party_id or 0)
    if party is None:
        raise Http404
    return Wizard(
        code=code,
        procedure=version.procedure,
        content=catalog.content_of(version.pk),
        version_id=version.pk,
        actor=actor,
        party=party,
        draft=lists.draft_of(actor, code),
        communes=territory.communes(),
    )


def own_keys(values: dict[str, Any]) -> dict[str, Any]:
    """Return values of the first page as the draft keeps them, apart from the form's answers."""
    return {_OWN + key: value for key, value in values.items() if key != "case"}


def answers_of(posted: "QueryDict", content: Content) -> dict[str, str]:
    """Return what was typed into the electronic form, right or wrong: nothing typed is lost."""
    fields = content.form.fields if content.form else ()
    return {shape.key: str(posted.get(shape.key, ""))[:2000] for shape in fields}


def known_of(party: "Party") -> dict[str, str]:
    """Return what the account knows of its person, by the names that forms use."""
    return {
        "name": party.name,
        "birth_date": said_as(party.birth_date),
        "sex": party.sex,
        "id_number": parties.identity_number(party),
        "address": party.address,
        "phone": party.phone,
        "email": party.email,
    }


def details_of(party: "Party") -> PartyDetails:
    """Return a person of the directory as the details that a filing needs."""
    return PartyDetails(
        name=party.name,
        id_number=parties.identity_number(party),
        kind=party.kind,
        birth_date=party.birth_date,
        sex=party.sex,
        phone=party.phone,
        email=party.email,
        address=party.address,
        place_code=party.place_id or "",
        is_demo=party.is_demo,
    )


def receiving_code(place: str) -> str:
    """Return the centre of a commune, which receives what is filed online for it."""
    centre = next((c for c in territory.centres() if c.place_id == place), None)
    if centre is None:
        raise Http404
    return centre.code


def competent_code(procedure: "Procedure", content: Content, place: str) -> str:
    """Return who settles the procedure for a commune; the committee where nobody else is known."""
    level = build.level_of(content.levels)
    target = build.competent(
        procedure.code,
        field=procedure.field,
        level=level,
        issuer=procedure.issuer,
        on=timezone.localdate(),
    )
    try:
        code = build.code_of(target, place)
    except KeyError:
        code = ""
    if code and cards.card_by_code(code):
        return code
    committee = territory.committee_of(place)
    if committee is None:
        raise Http404
    return committee.code


def _answers(declaration: Declaration | None) -> dict[str, object]:
    if declaration is None or not declaration.is_valid():
        return {}
    return {key: said_as(value) for key, value in declaration.cleaned_data.items()}
