from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from common.constraints import not_blank, one_of
from staff.models.department import Department


class Role(models.TextChoices):
    """The seven roles. Nobody holds two of the last three (三员分立), because a user has one role."""

    CHIEF = "chief", "检察长"
    LEADER = "leader", "班子成员"
    OFFICE = "office", "办公室"
    HANDLER = "handler", "部门联络员"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


ADMINISTRATORS = [Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR]
LEADERS = [Role.CHIEF, Role.LEADER]


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: object) -> "UserQuerySet":
        """Accounts are managed by the system and the security administrator."""
        managing = isinstance(user, User) and user.is_active and user.role in [Role.SYSADMIN, Role.SECADMIN]
        return self.all() if managing else self.none()

    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def leaders(self) -> "UserQuerySet":
        return self.active().filter(role__in=LEADERS)

    def heads(self) -> "UserQuerySet":
        """Who answers for what a department writes."""
        return self.active().filter(role=Role.HANDLER, heads_department=True)

    def heads_of(self, department: Department | None) -> "UserQuerySet":
        """None where nobody is named or the post is vacant."""
        return self.heads().filter(department=department)


class User(AbstractBaseUser):
    """A member of staff. There is no superuser and no Django admin: rights come from ``role`` alone."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=10, choices=Role)
    department = models.ForeignKey(Department, verbose_name="部门", null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField("职务", max_length=40, blank=True)
    heads_department = models.BooleanField("部门负责人", default=False)
    # Only for allauth, which wants the field; the product sends no mail.
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    date_joined = models.DateTimeField("建立时间", auto_now_add=True)
    # Part of what every session is signed with: raising it ends all sessions of the person at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "工作人员"
        ordering = ["department__order", "name"]
        constraints = [
            one_of("role", Role, table="user"),
            not_blank("name", table="user"),
            not_blank("username", table="user"),
            # "Wang" and "wang" are one account for the log-in, so they must not be two rows.
            models.CheckConstraint(condition=models.Q(username=Lower("username")), name="user_username_lower_case"),
            # A handler without a department would see every department's rows or none.
            models.CheckConstraint(
                condition=~models.Q(role=Role.HANDLER) | models.Q(department__isnull=False),
                name="user_handler_has_department",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.role in ADMINISTRATORS

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        signed = f"{self.password}:{self.session_epoch}"
        return salted_hmac("staff.User.session", signed, secret=secret, algorithm="sha256").hexdigest()


class PasswordUsed(models.Model):
    """The hash of a password that a person had: the last few are barred from coming back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user_id}"
