from common.http import HtmxHttpRequest
from staff.models import User


class Request(HtmxHttpRequest):
    """Behind @requires nobody is anonymous."""

    user: User
