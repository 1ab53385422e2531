"""No form of the product takes free text unguarded (design.md rule 2)."""

import importlib
import pkgutil

import pytest
from django import forms

from common.sensitive import GuardedCharField, GuardedForm

pytestmark = pytest.mark.once

APPS = ["deputies", "activities", "suggestions", "profiles"]


def form_modules() -> list[str]:
    found = []
    for app in APPS:
        module = importlib.util.find_spec(f"{app}.forms")
        if module is None:
            continue
        found.append(f"{app}.forms")
        for folder in module.submodule_search_locations or []:
            found += [f"{app}.forms.{each.name}" for each in pkgutil.iter_modules([folder])]
    return found


def form_classes() -> list[type[forms.BaseForm]]:
    modules = [importlib.import_module(name) for name in form_modules()]
    classes = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    ours = [each for each in classes if issubclass(each, forms.BaseForm) and each.__module__.split(".")[0] in APPS]
    return sorted(ours, key=lambda each: f"{each.__module__}.{each.__qualname__}")


def unguarded(form: type[forms.BaseForm]) -> list[str]:
    """Names of the text fields through which anything could be written."""
    if issubclass(form, GuardedForm):
        return []
    return [
        name
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and not isinstance(field, GuardedCharField)
    ]


@pytest.mark.parametrize("form", form_classes(), ids=lambda form: form.__qualname__)
def test_every_free_text_is_guarded(form: type[forms.BaseForm]) -> None:
    assert unguarded(form) == []


def test_the_walk_sees_the_forms() -> None:
    assert {"QuickLogForm", "DeputyForm", "OpinionForm"} <= {form.__qualname__ for form in form_classes()}


def test_a_form_without_the_guard_would_be_found() -> None:
    class Loose(forms.Form):
        note = forms.CharField()

    assert unguarded(Loose) == ["note"]


@pytest.mark.parametrize("form", [each for each in form_classes() if issubclass(each, GuardedForm)])
def test_what_is_left_unguarded_is_short_and_named(form: type[GuardedForm]) -> None:
    known = {"phone", "pinyin", "certificate_no", "number", "letter_number"}
    assert set(form.unguarded) <= known
