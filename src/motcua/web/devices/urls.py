"""Addresses of the devices in the hall."""

from django.urls import path

from motcua.web.devices import kiosk, kiosk_dossier, kiosk_procedures

app_name = "devices"
urlpatterns = [
    path("kiosk/", kiosk.home, name="kiosk"),
    path("kiosk/answer/", kiosk.answer, name="kiosk-answer"),
    path("kiosk/end/", kiosk.end, name="kiosk-end"),
    path("kiosk/procedures/", kiosk_procedures.found, name="kiosk-procedures"),
    path("kiosk/procedures/<str:code>/", kiosk_procedures.procedure, name="kiosk-procedure"),
    path("kiosk/track/", kiosk_dossier.track, name="kiosk-track"),
]
