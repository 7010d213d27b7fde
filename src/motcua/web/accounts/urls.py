"""Addresses of the door."""

from django.urls import path

from motcua.web.accounts import messages, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-nhap/ma/", views.code, name="code"),
    path("dang-nhap/hai-buoc/", views.enrolment, name="enrolment"),
    path("dang-xuat/", views.logout, name="logout"),
    path("bao-mat/", views.security, name="security"),
    path("thong-bao/", messages.messages, name="messages"),
]
