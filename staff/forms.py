"""Forms of the own account (on top of allauth's) and of the two administrators who manage accounts."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from common.forms import DayField
from staff import actions
from staff.models import Department, Role, User


class LoginForm(AllauthLoginForm):
    """Username log-in without allauth's placeholders, which repeat the labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = "用户名"
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(AllauthChangePasswordForm):
    """The own password; the write goes through the action, so that it is audited and ends other sessions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": "当前密码", "password1": "新密码", "password2": "再输一次新密码"}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = (
            "至少 10 个字符，小写字母、大写字母、数字、其他符号中至少三类；"
            "不能是常见密码，不能与用户名或姓名相近，不能是最近 5 次用过的。"
        )

    def save(self) -> None:
        actions.change_own_password(by=self.user, password=self.cleaned_data["password1"])


class _OneTimeCode:
    """allauth's field for a code, in our words and with the digits of a phone's keyboard."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "动态口令"
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class CodeForm(_OneTimeCode, AuthenticateForm):
    pass


class CodeAgainForm(_OneTimeCode, ReauthenticateForm):
    pass


class FirstCodeForm(_OneTimeCode, ActivateTOTPForm):
    pass


class AccountForm(forms.ModelForm):
    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.filter(closed_on=None), required=False, empty_label="无"
    )

    class Meta:
        model = User
        fields = ["name", "department", "title", "heads_department"]
        help_texts = {
            "title": "如“检察官助理”，可不填",
            "heads_department": "部门联络员中的负责人，审核本部门的答复稿",
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.role == Role.HANDLER and not self.cleaned_data.get("department"):
            self.add_error("department", "部门联络员必须有部门。")
        return cleaned


class NewAccountForm(AccountForm):
    username = forms.CharField(
        label="用户名",
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", "请用小写字母、数字、点、横线或下划线。")],
        help_text="登录用，建立后不能修改，如 wangfang",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )

    class Meta(AccountForm.Meta):
        fields = ["username", "name", "department", "title", "heads_department"]

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username=username).exists():
            raise ValidationError("这个用户名已有人使用，请换一个。")
        return username


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label="角色", choices=Role.choices, coerce=Role, widget=forms.RadioSelect)


class NewDepartmentForm(forms.ModelForm):
    class Meta:
        model = Department
        fields = ["name", "short_name", "order"]
        help_texts = {"short_name": "列表中显示，可不填", "order": "小的排在前面"}
        error_messages = {"name": {"unique": "已有同名的部门。"}}


class DepartmentForm(NewDepartmentForm):
    class Meta(NewDepartmentForm.Meta):
        fields = ["name", "short_name", "order", "closed_on"]
        field_classes = {"closed_on": DayField}
        help_texts = NewDepartmentForm.Meta.help_texts | {"closed_on": "撤销后不能再选，历史记录保留"}
