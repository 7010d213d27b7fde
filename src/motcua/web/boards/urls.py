"""Addresses of the boards: figures for everybody, the dossiers behind them for those who may."""

from django.urls import path

from motcua.web.boards import feedback, index766, mining, views, wall

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("agency/", views.agencies, name="agencies"),
    path("agency/<str:code>/", views.agency, name="agency"),
    path("commune/", views.communes, name="communes"),
    path("commune/<str:code>/", views.commune, name="commune"),
    path("field/", views.fields, name="fields"),
    path("wall/", wall.wall, name="wall"),
    path("definitions/", views.definitions, name="definitions"),
    path("digitisation/", views.digitising, name="digitisation"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("mining/", mining.mining, name="mining"),
    path("figures.csv", views.export, name="export"),
    path("dossiers/", views.behind, name="dossiers"),
    path("index/", index766.ranking, name="index766"),
    path("index/<str:code>/", index766.agency, name="index766-agency"),
    path("index/<str:code>/procedures/", index766.procedure_list, name="index766-procedures"),
]
