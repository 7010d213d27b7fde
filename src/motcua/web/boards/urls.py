"""Addresses of the boards: figures for everybody, the dossiers behind them for those who may."""

from django.urls import path

from motcua.web.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("wall/", views.wall, name="wall"),
    path("definitions/", views.definitions, name="definitions"),
    path("digitisation/", views.digitising, name="digitisation"),
    path("figures.csv", views.export, name="export"),
    path("dossiers/", views.behind, name="dossiers"),
]
