"""Addresses of the components."""

from django.urls import path

from motcua.web.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("hien-thi/", views.display, name="display"),
]
