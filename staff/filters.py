"""What the lists of people and of audit events can be narrowed by."""

import django_filters as filters
from django.db.models import Q, QuerySet

from common.filters import ListFilter
from common.forms import DayInput
from staff.models import AuditEvent, Department, Role, User
from staff.words import ACTIONS


class StaffFilter(ListFilter):
    q = filters.CharFilter(label="姓名或用户名", method="search")
    role = filters.ChoiceFilter(label="角色", choices=Role.choices, empty_label="全部")
    department = filters.ModelChoiceFilter(label="部门", queryset=Department.objects.all(), empty_label="全部")
    state = filters.ChoiceFilter(
        label="状态",
        field_name="is_active",
        choices=[("True", "在用"), ("False", "未启用或已停用")],
        empty_label="全部",
    )

    class Meta:
        model = User
        fields = ["q", "role", "department", "state"]

    def search(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return rows.filter(Q(name__icontains=value) | Q(username__icontains=value))


class AuditFilter(ListFilter):
    who = filters.CharFilter(label="操作人", field_name="actor_name", lookup_expr="icontains")
    action = filters.ChoiceFilter(label="操作", choices=list(ACTIONS.items()), empty_label="全部")
    what = filters.CharFilter(label="对象", field_name="target_label", lookup_expr="icontains")
    first = filters.DateFilter(label="自", field_name="at", lookup_expr="date__gte", widget=DayInput())
    last = filters.DateFilter(label="至", field_name="at", lookup_expr="date__lte", widget=DayInput())

    class Meta:
        model = AuditEvent
        fields = ["who", "action", "what", "first", "last"]
