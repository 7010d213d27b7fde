"""Addresses of the boards: figures for everybody, the dossiers behind them for those who may."""

from django.urls import path

from motcua.web.boards import (
    feedback,
    foresight,
    forms,
    index766,
    mining,
    officers,
    places,
    views,
    wall,
)

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("agency/", views.agencies, name="agencies"),
    path("agency/<str:code>/", views.agency, name="agency"),
    path("commune/", views.communes, name="communes"),
    path("commune/<str:code>/", views.commune, name="commune"),
    path("field/", views.fields, name="fields"),
    path("officers/", officers.officers, name="officers"),
    path("wall/", wall.wall, name="wall"),
    path("definitions/", views.definitions, name="definitions"),
    path("digitisation/", views.digitising, name="digitisation"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("mining/", mining.mining, name="mining"),
    path("foresight/", foresight.late, name="foresight"),
    path("foresight/promises/", foresight.promises, name="foresight-promises"),
    path("foresight/arrivals/", foresight.arrivals, name="foresight-arrivals"),
    path("foresight/staffing/", foresight.staffing, name="foresight-staffing"),
    path("foresight/staffing/<int:key>/", foresight.answer, name="foresight-answer"),
    path("figures.csv", views.export, name="export"),
    path("dossiers/", views.behind, name="dossiers"),
    path("forms/", forms.forms, name="forms"),
    path("forms/<slug:kind>/", forms.form, name="form"),
    path("forms/<slug:kind>/file/", forms.form_file, name="form-file"),
    path("forms/<slug:kind>/dossiers/", forms.form_dossiers, name="form-dossiers"),
    path("forms/<slug:kind>/parts/", forms.form_parts, name="form-parts"),
    path("forms/<slug:kind>/sending/", forms.form_sending, name="form-sending"),
    path("forms/<slug:kind>/making/", forms.form_making, name="form-making"),
    path("forms/<slug:kind>/closing/", forms.form_closing, name="form-closing"),
    path("forms/<slug:kind>/reasons/", forms.form_reasons, name="form-reasons"),
    path("index/", index766.ranking, name="index766"),
    path("index/<str:code>/", index766.agency, name="index766-agency"),
    path("index/<str:code>/procedures/", index766.procedure_list, name="index766-procedures"),
    path("places/", places.places, name="places"),
]
