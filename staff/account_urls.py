"""The few allauth views that the product uses, each with a permission and its methods.

allauth's own url lists are not included: they would also mount sign-up, e-mail and password reset by mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.http import require_http_methods

from staff.permissions import P, View, requires


def page(view: View, *methods: str) -> View:
    """A view of somebody who is not logged in yet (or no longer)."""
    return require_http_methods(methods or ("GET", "POST"))(view)


def own(view: View, *methods: str) -> View:
    """A view of the own account."""
    return requires(P.OWN_ACCOUNT)(page(view, *methods))


urlpatterns = [
    path("login/", page(account.login), name="account_login"),
    # POST only: a link from elsewhere must not log anybody out.
    path("logout/", page(account.logout, "POST"), name="account_logout"),
    path("code/", page(mfa.authenticate), name="mfa_authenticate"),
    path("password/", own(account.password_change), name="account_change_password"),
    path("confirm/", own(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("two-steps/", own(mfa.index, "GET"), name="mfa_index"),
    path("two-steps/on/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("two-steps/off/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("two-steps/codes/", own(codes.view_recovery_codes, "GET"), name="mfa_view_recovery_codes"),
    path("two-steps/codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("two-steps/codes/file/", own(codes.download_recovery_codes, "GET"), name="mfa_download_recovery_codes"),
]
