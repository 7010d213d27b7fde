"""Tables of the directory, by subject."""

from motcua.directory.models.calendars import CalendarVersion, WorkingCalendar
from motcua.directory.models.parties import Party
from motcua.directory.models.people import (
    Absence,
    Account,
    ApiToken,
    Delegation,
    Post,
    Role,
)
from motcua.directory.models.service_points import PlacePopulation, PlaceShape, ServicePoint
from motcua.directory.models.territory import Agency, Place

__all__ = [
    "Absence",
    "Account",
    "Agency",
    "ApiToken",
    "CalendarVersion",
    "Delegation",
    "Party",
    "Place",
    "PlacePopulation",
    "PlaceShape",
    "Post",
    "Role",
    "ServicePoint",
    "WorkingCalendar",
]
