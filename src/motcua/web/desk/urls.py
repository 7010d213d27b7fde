"""Addresses of the desk: nouns; each act on a dossier is a sub-resource of its own."""

from django.urls import path

from motcua.web.desk import (
    dossier,
    files,
    handing,
    inbox,
    lookups,
    prints,
    reception,
    running,
    staffing,
    uploads,
)
from motcua.web.desk.names import NAMES

app_name = "desk"
_ONE = "dossiers/<str:code>/"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("batch/", inbox.batch, name="batch"),
    path("batch/outcome/", inbox.batch_outcome, name="batch-outcome"),
    path("reception/", reception.reception, name="reception"),
    path("reception/files/", uploads.reception, name="reception-upload"),
    path("uploads/<uuid:uuid>/", uploads.piece, name="upload"),
    path("files/", files.files, name="files"),
    path("results/", lookups.results, name="results"),
    path("register/", prints.register, name="register"),
    path("search/", lookups.search, name="search"),
    path(_ONE, dossier.dossier, name="dossier"),
    path(f"{_ONE}receipt/", reception.receipt, name="receipt"),
    *(
        path(f"{_ONE}{name.noun}/", dossier.act_view(act), name=f"dossier-{name.noun}")
        for act, name in NAMES.items()
    ),
    path(f"{_ONE}consultations/<int:consultation>/answer/", dossier.answer, name="opinion"),
    path(f"{_ONE}files/", uploads.dossier, name="dossier-upload"),
    path(f"{_ONE}files/<uuid:uuid>/", dossier.download, name="file"),
    path(f"{_ONE}forms/<str:key>/", prints.paper, name="paper"),
    path("hand-over/", handing.hand_over, name="hand-over"),
    path("hand-over/<int:key>/", handing.slip, name="slip"),
    path("hand-over/<int:key>/arrival/", handing.arrival, name="slip-arrival"),
    path("procedures/", lookups.procedures, name="procedures"),
    path("procedures/<str:code>/", lookups.procedure, name="procedure"),
    path("delegation/", staffing.delegation, name="delegation"),
    path("delegation/<int:key>/revocation/", staffing.revocation, name="revocation"),
    path("assignments/", staffing.assignments, name="assignments"),
    path("assignments/many/", staffing.assign_many, name="assign-many"),
    path("calendars/", running.calendars, name="calendars"),
    path("processes/", running.processes, name="processes"),
    path("processes/approval/", running.approval, name="process-approval"),
    path("processes/<int:key>/", running.process, name="process"),
    path("processes/<int:key>/bpmn/", running.process_file, name="process-file"),
]
