"""/open311/: discovery and GeoReport v2, in JSON and XML."""

from django.urls import path

from motcua.web.api import open311

app_name = "open311"

urlpatterns = [
    path("discovery.<str:form>", open311.discovery, name="discovery"),
    path("v2/services.<str:form>", open311.services, name="services"),
    path("v2/services/<str:code>.<str:form>", open311.service, name="service"),
    path("v2/requests.<str:form>", open311.requests, name="requests"),
    path("v2/requests/<str:code>.<str:form>", open311.one, name="request"),
    path("v2/tokens/<str:code>.<str:form>", open311.token, name="token"),
]
