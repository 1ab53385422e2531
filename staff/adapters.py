"""What we ask of allauth: a closed house, our own lock-out, secrets that a stolen backup does not give away."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from staff.lockout import client_address

# Whoever typed the password so recently is not asked for it again before he sets up the second factor.
FRESH_LOGIN_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "用户名或密码不正确。",
        "enter_current_password": "当前密码不正确。",
        "incorrect_password": "密码不正确。",
        "too_many_login_attempts": "输错次数过多，请 5 分钟后再试。",
        "rate_limited": "输错次数过多，请 5 分钟后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """axes and :class:`staff.lockout.AddressThrottle` count the tries; allauth's own limit is per account
        alone, with which a stranger could lock the owner out."""

    def authenticate(self, request: HttpRequest, **credentials: object) -> AbstractBaseUser | None:
        """A retired account looks like a wrong password: nobody learns which accounts exist."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Retired between the password and the one-time code."""
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        started = context.request.session.get("started_at", 0)
        return time.time() - started > FRESH_LOGIN_SECONDS


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": "动态口令不正确，请核对手机时间后再输。"}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return settings.BRAND


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
