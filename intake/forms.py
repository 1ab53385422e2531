"""What the pages of an import ask; they check input and decide nothing."""

from typing import Any, cast

from django import forms

from intake.actions.uploads import MAX_BYTES
from intake.aliases import meanings
from intake.kinds.base import choice_key
from intake.models import AliasOf, ImportRun, LedgerKind
from intake.run import WORDS

ONE_FILE = "一次导入一个文件。请先导入名册，再导入各种台账。"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="选择文件",
        error_messages={
            "required": "请选择要导入的文件。",
            "empty": "文件是空的，没有内容。请核对后重新选择文件。",
            "invalid": "请选择要导入的文件。",
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
    )
    kind = forms.ChoiceField(label="台账种类", choices=[("", "按表头自动辨认"), *LedgerKind.choices], required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if len(self.files.getlist("file")) > 1:
            raise forms.ValidationError(ONE_FILE)
        if file.size > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise forms.ValidationError(f"文件超过 {limit} MB。请删去图片，或拆成几个文件再导入。")
        return file


def _labels(kind: str) -> list[tuple[str, str]]:
    """Each field of a kind by its first heading."""
    return [(f"{kind}:{label}", label) for label in WORDS[kind].labels.values()]


class HeadingForm(forms.Form):
    """One heading of the office's own."""

    heading = forms.CharField(label="表头", max_length=60)
    means = forms.ChoiceField(label="读作")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(kind.label, [(f"{kind}:", "不导入"), *_labels(kind)]) for kind in LedgerKind]
        cast(forms.ChoiceField, self.fields["means"]).choices = [("", "请选择"), *groups]

    def facts(self) -> dict[str, Any]:
        kind, _, means = self.cleaned_data["means"].partition(":")
        return {"kind": LedgerKind(kind), "heading": self.cleaned_data["heading"], "means": means}


class AliasForm(forms.Form):
    """One word of the office's own."""

    word = forms.CharField(label="本院的写法", max_length=40)
    means = forms.ChoiceField(label="读作")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(of.label, [(f"{of}:{key}", name) for key, name in meanings(of)]) for of in AliasOf]
        cast(forms.ChoiceField, self.fields["means"]).choices = [("", "请选择"), *groups]

    def facts(self) -> dict[str, Any]:
        of, _, means = self.cleaned_data["means"].partition(":")
        return {"of": AliasOf(of), "word": self.cleaned_data["word"], "means": means}


class DecisionForm(forms.Form):
    """One of the decisions of the preview; what is not sent stays as it is."""

    kind = forms.ChoiceField(choices=[("", ""), *LedgerKind.choices], required=False)
    hidden_rows = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda text: text == "1", required=False
    )

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}


class ChoicesForm(forms.Form):
    """Who is meant, one field for each question of ``rows``."""

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, str] = {}
        for row in rows:
            for number, question in enumerate(row.choices):
                name = f"who-{row.pk}-{number}"
                self.places[name] = choice_key(row.sheet, row.row, question["person"])
                choices = [("", "请认定"), *((key, told) for key, told in question["among"])]
                self.fields[name] = forms.ChoiceField(label=question["person"], choices=choices, required=False)

    def chosen(self) -> dict[str, str]:
        return {place: self.cleaned_data[name] for name, place in self.places.items() if self.cleaned_data.get(name)}


class HeadingsForm(forms.Form):
    """What the headings that nobody knows mean: a field of the sheet's kind, nothing to import, or no answer yet."""

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, str] = {}
        for place, sheet in enumerate(run.sheets):
            for column in sheet["columns"]:
                if column["state"] == "unknown" and column["heading"].strip():
                    self._ask(f"heading-{place}-{column['column']}", sheet, column)

    def _ask(self, name: str, sheet: dict[str, Any], column: dict[str, Any]) -> None:
        kind = sheet["kind"] or sheet.get("nearest")
        fields = [(LedgerKind(each).label, _labels(each)) for each in ([kind] if kind else WORDS)]
        nothing = [(f"{kind}:", "不导入")] if kind else []
        self.asked[name] = column["heading"]
        label = f"{sheet['name']}　{column['column']}列“{column['heading']}”"
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", "暂不处理（不导入）"), *nothing, *fields], required=False
        )

    def meanings(self) -> list[tuple[LedgerKind, str, str]]:
        """(kind, heading, the known heading that it means) for each answer."""
        answers = [(name, self.cleaned_data[name]) for name in self.asked if self.cleaned_data.get(name)]
        return [
            (LedgerKind(kind), self.asked[name], means)
            for name, answer in answers
            for kind, _, means in [answer.partition(":")]
        ]
