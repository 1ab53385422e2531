"""No case content in free text (design.md rule 2): case and ID numbers are refused, secret words are asked about.

Also the place where what a text may not carry is taken out on input: control characters, zero-width and
bidi controls (they make text read differently from what is stored), endless combining marks.
"""

import re
import unicodedata
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

_OPEN, _CLOSE, _YEAR = r"[(\[〔【{<〈]\s*", r"\s*[)\]〕】}>〉]", r"(?:19|20)\d{2}"
_HAN = "[\u3400-\u9fff]"
_COURT = rf"{_HAN}{{1,6}}\s*\d{{0,4}}"
_NUMBER = r"\s*第?\s*\d+(?:\s*[-之]\s*\d+)?\s*号"
# Patterns are tried on NFKC text: brackets and digits of any width are the same there.
_CASE_NUMBERS = [
    # （2026）苏0205刑初12号: of a court; the letter of the kind of case tells it from other numbers
    rf"{_OPEN}{_YEAR}{_CLOSE}\s*{_COURT}\s*{_HAN}{{0,4}}[刑民行执赔破保清调惩救督催]{_HAN}{{0,4}}{_NUMBER}",
    # 锡检刑诉〔2026〕3号: of a procuratorate; 锡检发〔2026〕3号 is an ordinary paper and passes
    rf"检{_HAN}{{0,3}}[刑诉捕侦监抗民行控未赔执益]{_HAN}{{0,4}}\s*{_OPEN}{_YEAR}{_CLOSE}{_NUMBER}",
    # 锡公（刑）立字〔2026〕12号: of the police
    rf"公\s*{_OPEN}{_HAN}{{1,4}}{_CLOSE}\s*{_HAN}{{1,5}}\s*{_OPEN}{_YEAR}{_CLOSE}{_NUMBER}",
]
CASE_NUMBER = re.compile("|".join(_CASE_NUMBERS))
# In the number of a paper: 知检民函〔2026〕3号 and （2026）市政协民建第12号 are papers, 刑初 and 民终 never are.
_PROCEDURE = "(?:[刑民行赔][初终再申监核辖]|执[异复恢监保]?|财保|破)"
_STRANGE_NUMBER = re.compile(
    rf"{_OPEN}{_YEAR}{_CLOSE}\s*{_COURT}\s*{_HAN}{{0,3}}{_PROCEDURE}{_HAN}{{0,2}}{_NUMBER}|{_CASE_NUMBERS[2]}"
)
ID_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?!\d)"
)
SECRET_WORDS = [
    "绝密", "机密", "秘密", "涉密", "内部资料", "犯罪嫌疑人", "被告人", "被害人", "举报人", "取保候审", "监视居住",
    "卷宗", "讯问笔录", "询问笔录", "起诉意见书", "举报线索", "案件线索",
]  # fmt: skip
_SECRET = re.compile("|".join(SECRET_WORDS))

CASE_REFUSED = (
    "这里不能写入案号。如涉及具体案件，请按“三个规定”记录报告，或引导通过 12309 检察服务中心、来信来访反映。"
)
ID_REFUSED = "这里不能写入身份证号码，请删去后保存。"
SECRET_WARNING = "内容中有“{words}”，请确认不涉及国家秘密、工作秘密和具体案情；确认后勾选“已确认”再保存。"

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_MOST_MARKS = 4


def tidy(text: str) -> str:
    """``text`` without invisible controls; characters themselves are never normalised."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n"))
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept).strip()


def refuse_numbers(text: str) -> None:
    """Raise ValidationError if ``text`` holds a case number or an ID number, in half or full width."""
    plain = unicodedata.normalize("NFKC", text)
    if CASE_NUMBER.search(plain):
        raise ValidationError(CASE_REFUSED, code="case_number")
    if ID_NUMBER.search(plain):
        raise ValidationError(ID_REFUSED, code="id_number")


def secret_words(text: str) -> list[str]:
    """Words that may tell of a secret or of a case; many are harmless (商业秘密), so they only warn."""
    return list(dict.fromkeys(_SECRET.findall(unicodedata.normalize("NFKC", text))))


class GuardedCharField(forms.CharField):
    """Free text: tidied, numbers of cases and persons refused. In a :class:`GuardedForm` secret words ask back."""

    def to_python(self, value: Any) -> str | None:
        return tidy(super().to_python(value) or "") or self.empty_value

    def validate(self, value: str | None) -> None:
        super().validate(value)
        refuse_numbers(value or "")


class GuardedForm(forms.BaseForm):
    """Mix in before ``Form`` or ``ModelForm``: every text field of the form is guarded, generated ones too.

    ``unguarded`` names the fields that are not free text (telephone, number of a paper): there only case
    numbers of courts and the police are refused. Secret words need the box ``sensitive_ok``, which is hidden until
    they occur. A subclass with its own ``clean`` calls super.
    ``asides`` names the fields that only steer the form and are no facts for the action.
    """

    unguarded: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.guarded_names():
            _guard(cast(forms.CharField, self.fields[name]))
        self.fields["sensitive_ok"] = forms.BooleanField(
            label="已确认不涉及国家秘密、工作秘密和具体案情", required=False, widget=forms.HiddenInput
        )

    def guarded_names(self) -> list[str]:
        """Text fields: a subclass of CharField with a form of its own (e-mail, UUID …) is not free text."""
        plain = (forms.CharField, GuardedCharField)
        return [name for name, field in self.fields.items() if type(field) in plain and name not in self.unguarded]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.unguarded:
            if _STRANGE_NUMBER.search(unicodedata.normalize("NFKC", str(cleaned.get(name) or ""))):
                self.add_error(name, CASE_REFUSED)
        texts = [str(cleaned.get(name) or "") for name in self.guarded_names()]
        words = secret_words("\n".join(texts))
        if words and not cleaned.get("sensitive_ok"):
            self.fields["sensitive_ok"].widget = forms.CheckboxInput()
            self.add_error("sensitive_ok", SECRET_WARNING.format(words="、".join(words)))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What to hand to the action: the checked values without the form's own fields."""
        own = {"sensitive_ok", "version", *self.asides}
        return {name: value for name, value in self.cleaned_data.items() if name not in own}


def _guard(field: forms.CharField) -> None:
    """Give a generated text field the manners of :class:`GuardedCharField`."""
    field.__class__ = GuardedCharField
