from django.db import models

from common.constraints import not_blank
from staff.models.user import Role, User


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user: object) -> "AuditEventQuerySet":
        """The auditor sees every event, nobody else any."""
        auditing = isinstance(user, User) and user.is_active and user.role == Role.AUDITOR
        return self.order_by("-pk") if auditing else self.none()


class AuditEvent(models.Model):
    """Who did what to which thing. Append-only: the database itself refuses update, delete and truncate.

    Written by :func:`staff.audit.record` in the transaction of the write it describes. Ids are text, not
    foreign keys, so history never blocks a change elsewhere. ``changes`` maps a field to [before, after];
    the auditor's page shows only the names of the fields, never the values.
    """

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    actor_id = models.CharField("操作人编号", max_length=20, blank=True)
    actor_name = models.CharField("操作人", max_length=40)
    actor_role = models.CharField("角色", max_length=10, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("操作", max_length=60, db_index=True)
    target_type = models.CharField("对象类型", max_length=40, blank=True)
    target_id = models.CharField("对象编号", max_length=40, blank=True)
    target_label = models.CharField("对象", max_length=120, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    changes = models.JSONField("变更", default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_by_target")]
        constraints = [not_blank("action", table="audit"), not_blank("actor_name", table="audit")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.target_label}"
