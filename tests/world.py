"""The seeded world that the access walk walks in. Everything in it was made by the real actions."""

from datetime import date
from functools import cached_property

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from activities import actions as activities
from activities.models import Activity, ActivityKind, Attendance, Photo
from deputies import actions as deputies
from deputies.models import Area, Contact, ContactMethod, Deputy, FollowUp, Term
from staff.models import Department, Role, User
from suggestions.models import Suggestion
from tests.common.pictures import data, upload
from tests.factories import DepartmentFactory, TermFactory, UserFactory
from tests.suggestions import factories as suggestions

CANARY_PHONE = "13987654321"
CANARY_NOTE = "谈到稻田灌溉渠的清淤安排"
DAY = date(2026, 3, 5)


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

    @property
    def handler(self) -> User:
        return self.people[Role.HANDLER]

    @cached_property
    def colleague(self) -> User:
        """Somebody of whom the administrators may change things."""
        return UserFactory(role=Role.HANDLER, name="孙联络", department=self.department)

    @cached_property
    def newcomer(self) -> User:
        """An account that waits for its role."""
        return UserFactory(role=Role.HANDLER, name="周新", department=self.department, is_active=False)

    @cached_property
    def two_steps(self) -> list[TOTP]:
        """Everybody with a second factor."""
        made = [TOTP.activate(user, generate_totp_secret()) for user in self.people.values()]
        for user in self.people.values():
            RecoveryCodes.activate(user)
        return made

    # --- deputies and the ledger ---

    @cached_property
    def area(self) -> Area:
        return Area.objects.create(name="禾塘镇")

    @cached_property
    def term(self) -> Term:
        return TermFactory()

    @cached_property
    def deputy(self) -> Deputy:
        """The canary: this number must appear nowhere but in the answer of the reveal."""
        return deputies.register_deputy(
            by=self.office,
            name="王芳",
            phone=CANARY_PHONE,
            area=self.area,
            unit="禾塘镇中心小学",
            seats=[(self.term,)],
        )

    @cached_property
    def own_contact(self) -> Contact:
        return self._contact(self.handler)

    @cached_property
    def foreign_contact(self) -> Contact:
        return self._contact(self.stranger)

    @cached_property
    def own_follow_up(self) -> FollowUp:
        return self._follow_up(self.own_contact, self.handler)

    @cached_property
    def foreign_follow_up(self) -> FollowUp:
        return self._follow_up(self.foreign_contact, self.stranger)

    def _contact(self, by: User) -> Contact:
        method = ContactMethod.objects.get(code="visit")
        return deputies.log_contact(by=by, deputies=[self.deputy], happened_on=DAY, method=method, note=CANARY_NOTE)

    def _follow_up(self, contact: Contact, owner: User) -> FollowUp:
        return deputies.add_follow_up(contact=contact, what="送清淤方案", owner=owner, due_on=DAY, by=owner)

    # --- activities ---

    @cached_property
    def own_activity(self) -> Activity:
        return self._activity(self.department)

    @cached_property
    def foreign_activity(self) -> Activity:
        return self._activity(self.other_department)

    @cached_property
    def own_attendance(self) -> Attendance:
        return self.own_activity.attendances.get()

    @cached_property
    def foreign_attendance(self) -> Attendance:
        return self.foreign_activity.attendances.get()

    @cached_property
    def own_photo(self) -> Photo:
        return self._photo(self.own_activity)

    @cached_property
    def foreign_photo(self) -> Photo:
        return self._photo(self.foreign_activity)

    def _activity(self, host: Department) -> Activity:
        kind = ActivityKind.objects.first() or ActivityKind.objects.create(name="检察开放日")
        return activities.schedule(
            by=self.office, kind=kind, title="检察开放日", held_on=DAY, host=host, deputies=[self.deputy]
        )

    def _photo(self, activity: Activity) -> Photo:
        return activities.add_photo(activity=activity, upload=upload(data()), by=self.office)

    # --- suggestions ---

    @cached_property
    def own_suggestion(self) -> Suggestion:
        """Answered, waiting for the evaluation."""
        return suggestions.replied(self.office, self.department, lead=self.deputy)

    @cached_property
    def foreign_suggestion(self) -> Suggestion:
        title = "关于完善农村公路照明的建议"
        return suggestions.replied(self.office, self.other_department, lead=self.deputy, title=title)
