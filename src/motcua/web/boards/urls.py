"""Addresses of the boards: figures for everybody, the dossiers behind them for those who may."""

from django.urls import path

from motcua.web.boards import feedback, views

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("wall/", views.wall, name="wall"),
    path("definitions/", views.definitions, name="definitions"),
    path("digitisation/", views.digitising, name="digitisation"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("figures.csv", views.export, name="export"),
    path("dossiers/", views.behind, name="dossiers"),
]
