"""What every verb that writes is wrapped in, whichever module it belongs to."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from motcua.kernel import bounds

Given = ParamSpec("Given")
Done = TypeVar("Done")


def acts(*live: str) -> Callable[[Callable[Given, Done]], Callable[Given, Done]]:
    """Return the decorator of a module's acts; `live` names what is given but not kept.

    An act happens wholly or not at all, and what it is given can be kept.
    Raises Unkeepable: a text, number, moment or list that no table could hold.
    """

    def act(verb: Callable[Given, Done]) -> Callable[Given, Done]:
        @wraps(verb)
        def checked(*args: Given.args, **kwargs: Given.kwargs) -> Done:
            for field, value in kwargs.items():
                if field not in live:
                    bounds.check(field=field, value=value)
            with transaction.atomic():
                return verb(*args, **kwargs)

        return checked

    return act
