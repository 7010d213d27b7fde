"""Addresses of the portal; what citizens read is Vietnamese, so the addresses are too."""

from django.urls import path

from motcua.web.portal import home, places, procedures, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("tro-nang/", home.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", home.privacy, name="privacy"),
    path("viec/<slug:key>/", home.life_event, name="life-event"),
    path("tim-kiem/", procedures.search, name="search"),
    path("tim-kiem/goi-y/", procedures.suggestions, name="suggestions"),
    path("thu-tuc/", procedures.index, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.page, name="procedure"),
    path("thu-tuc/<str:code>/giay-to/", procedures.checklist, name="checklist"),
    path("thu-tuc/<str:code>/giay-to.pdf", procedures.checklist_paper, name="checklist-paper"),
    path("noi-nop/", places.index, name="places"),
    path("noi-nop/<str:code>/", places.page, name="place"),
    path("tra-cuu/", track.form, name="track"),
    path("tra-cuu/<str:token>/", track.page, name="tracked"),
]
