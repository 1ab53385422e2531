"""Accounts: the system administrator creates and retires, the security administrator gives roles and passwords."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.http import paginate
from staff import actions, lockout
from staff.filters import StaffFilter
from staff.forms import AccountForm, NewAccountForm, RoleForm
from staff.models import User
from staff.permissions import P, StaffRequest, View, requires


@requires(P.STAFF_VIEW)
@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    people = User.objects.visible_to(request.user).select_related("department")
    found = StaffFilter(request.GET, queryset=people, today=timezone.localdate())
    locked = lockout.locked_pairs(timezone.now())
    page = paginate(request, found.qs)
    return render(request, "staff/list.html", {"filter": found, "page": page, "locked": locked})


@requires(P.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.create_user(by=request.user, **form.cleaned_data)
        messages.success(request, f"已建立账号 {user.name}，请安全管理员授予角色并启用。")
        return redirect("staff:list")
    return render(request, "staff/form.html", {"form": form, "title": "新建账号"}, status=_status(request))


@requires(P.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    user = _get(request, pk)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        # The form has already put the new values on its instance; the action compares with the row itself.
        actions.edit_user(user=_get(request, pk), by=request.user, **form.cleaned_data)
        messages.success(request, f"已保存 {form.cleaned_data['name']} 的资料。")
        return redirect("staff:list")
    context = {"form": form, "title": "修改资料", "account": _get(request, pk)}
    return render(request, "staff/form.html", context, status=_status(request))


@requires(P.STAFF_MANAGE)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    user = actions.deactivate(user=_get(request, pk), by=request.user)
    messages.success(request, f"已停用 {user.name} 的账号，登录中的会话已结束。")
    return redirect("staff:list")


@requires(P.ROLE_MANAGE)
@require_http_methods(["GET", "POST"])
@never_cache
def admit(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a role to a new or retired account and open it."""
    user = _get(request, pk)
    form = RoleForm(request.POST or None, initial={"role": user.role})
    if request.method == "POST" and form.is_valid():
        secret = actions.admit(user=user, role=form.cleaned_data["role"], by=request.user)
        return render(request, "staff/one_time_password.html", {"account": user, "password": secret})
    context = {"form": form, "account": user, "title": "授予角色并启用"}
    return render(request, "staff/role.html", context, status=_status(request))


@requires(P.ROLE_MANAGE)
@require_http_methods(["GET", "POST"])
def role(request: StaffRequest, pk: int) -> HttpResponse:
    user = _get(request, pk)
    form = RoleForm(request.POST or None, initial={"role": user.role})
    if request.method == "POST" and form.is_valid():
        user = actions.change_role(user=user, role=form.cleaned_data["role"], by=request.user)
        messages.success(request, f"{user.name} 现在是{user.get_role_display()}，须重新登录。")
        return redirect("staff:list")
    return render(
        request, "staff/role.html", {"form": form, "account": user, "title": "调整角色"}, status=_status(request)
    )


@requires(P.ROLE_MANAGE)
@require_POST
@never_cache
def password(request: StaffRequest, pk: int) -> HttpResponse:
    """Shown once, in the answer itself: it is kept nowhere in clear."""
    user = _get(request, pk)
    secret = actions.reset_password(user=user, by=request.user)
    return render(request, "staff/one_time_password.html", {"account": user, "password": secret})


def _simple(action: Callable[..., User], sentence: str) -> View:
    """A button of the security administrator that needs no form."""

    @requires(P.ROLE_MANAGE)
    @require_POST
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        user = action(user=_get(request, pk), by=request.user)
        messages.success(request, sentence.format(user.name))
        return redirect("staff:list")

    return view


unlock = _simple(actions.unlock, "已解除 {} 的登录锁定。")
sessions = _simple(actions.end_sessions, "已结束 {} 的全部登录。")
second_factor = _simple(actions.remove_second_factor, "已取消 {} 的两步验证，请其重新启用。")


def _get(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def _status(request: StaffRequest) -> int:
    """A form that is drawn again after a POST was wrong."""
    return 422 if request.method == "POST" else 200
