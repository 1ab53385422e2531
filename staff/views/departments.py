"""Departments: a short list, kept by the system administrator."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from staff import actions
from staff.forms import DepartmentForm, NewDepartmentForm
from staff.models import Department
from staff.permissions import P, StaffRequest, requires


@requires(P.STAFF_VIEW)
@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    people = Count("user", filter=Q(user__is_active=True))
    return render(request, "staff/departments.html", {"departments": Department.objects.annotate(people=people)})


@requires(P.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    form = NewDepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        department = actions.create_department(by=request.user, **form.cleaned_data)
        messages.success(request, f"已建立部门 {department.name}。")
        return redirect("staff:departments")
    status = 422 if request.method == "POST" else 200
    return render(request, "staff/department.html", {"form": form, "title": "新建部门"}, status=status)


@requires(P.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    form = DepartmentForm(request.POST or None, instance=get_object_or_404(Department, pk=pk))
    if request.method == "POST" and form.is_valid():
        department = actions.edit_department(
            department=Department.objects.get(pk=pk), by=request.user, **form.cleaned_data
        )
        messages.success(request, f"已保存部门 {department.name}。")
        return redirect("staff:departments")
    status = 422 if request.method == "POST" else 200
    return render(request, "staff/department.html", {"form": form, "title": "修改部门"}, status=status)
