"""Addresses of the portal; what citizens read is Vietnamese, so the addresses are too."""

from django.urls import path

from motcua.web.portal import account, filing, home, places, procedures, track

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
    path("thu-tuc/<str:code>/huong-dan/", procedures.guidance, name="guidance"),
    path("nop-ho-so/<str:code>/", filing.start, name="file"),
    path("nop-ho-so/<str:code>/bo/", filing.discard, name="file-discard"),
    path("nop-ho-so/<str:code>/<slug:name>/", filing.step, name="file-step"),
    path("tai-khoan/", account.index, name="account"),
    path("tai-khoan/ho-so/<str:code>/", account.dossier, name="account-dossier"),
    path("tai-khoan/ho-so/<str:code>/bo-sung/", account.supplement, name="account-supplement"),
    path("tai-khoan/ho-so/<str:code>/rut/", account.withdrawal, name="account-withdrawal"),
    path("tai-khoan/ho-so/<str:code>/giay/<slug:key>.pdf", account.paper, name="account-paper"),
    path("tai-khoan/ho-so/<str:code>/tep/<uuid:uuid>/", account.file, name="account-file"),
    path("noi-nop/", places.index, name="places"),
    path("noi-nop/<str:code>/", places.page, name="place"),
    path("tra-cuu/", track.form, name="track"),
    path("tra-cuu/<str:token>/", track.page, name="tracked"),
]
