"""The seeded world that the access walk walks in. Everything in it was made by the real actions."""

from functools import cached_property

from staff.models import Department, Role, User
from tests.factories import DepartmentFactory, UserFactory

CANARY_PHONE = "13987654321"


class World:
    """One house with two departments: ``people[Role.HANDLER]`` works in ``department``, ``stranger`` in the other.

    Things come into being when first asked for; ``own_*`` belongs to ``department``, ``foreign_*`` to the other.
    """

    def __init__(self) -> None:
        self.department: Department = DepartmentFactory(name="第一检察部")
        self.other_department: Department = DepartmentFactory(name="第二检察部")
        self.people: dict[Role, User] = {
            role: UserFactory(role=role, name=role.label, department=self.department) for role in Role
        }
        self.stranger: User = UserFactory(role=Role.HANDLER, name="钱联络", department=self.other_department)

    @property
    def office(self) -> User:
        return self.people[Role.OFFICE]

    @cached_property
    def colleague(self) -> User:
        """Somebody of whom the administrators may change things."""
        return UserFactory(role=Role.HANDLER, name="孙联络", department=self.department)
