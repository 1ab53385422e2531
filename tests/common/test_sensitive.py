import pytest
from django import forms

from common.sensitive import CASE_REFUSED, GuardedCharField, GuardedForm, tidy

pytestmark = pytest.mark.once


class Note(GuardedForm, forms.Form):
    unguarded = ("phone",)
    note = forms.CharField(max_length=200)
    phone = forms.CharField(required=False)


REFUSED = [
    "（2026）苏0205刑初12号",
    "(2026)苏0205刑初12号",
    "（２０２６）苏０２０５刑初１２号",
    "〔2024〕最高法知民终123号",
    "（2015）锡法刑初字第12号",
    "（2026）苏 0205 民初 1234 号之一",
    "(2026)沪0115财保5号",
    "锡检刑诉〔2026〕3号",
    "锡检刑不诉[2026]3号",
    "锡检公益立〔2026〕12号",
    "锡公（刑）立字〔2026〕12号",
    "320205199003074578",
    "32020519900307457X",
    "３２０２０５１９９００３０７４５７８",
    "320205-19900307-4578",
]
PASSING = [
    "锡检发〔2026〕3号",
    "知禾政发〔2026〕5号",
    "（2026年）第3号提案",
    "建议第12号",
    "电话 13812345678",
    "2026年3月5日走访，谈灌溉渠",
    "账号 6222021234567890123",
]


@pytest.mark.parametrize("text", REFUSED)
def test_case_and_id_numbers_are_refused_with_a_way_out(text: str) -> None:
    form = Note({"note": f"谈到{text}一事", "sensitive_ok": "on"})
    assert not form.is_valid()
    assert "这里不能写入" in str(form.errors["note"])


def test_the_refusal_of_a_case_number_says_where_to_go() -> None:
    form = Note({"note": "（2026）苏0205刑初12号"})
    assert "三个规定" in str(form.errors["note"])
    assert "12309" in str(form.errors["note"])


@pytest.mark.parametrize("text", PASSING)
def test_ordinary_numbers_pass(text: str) -> None:
    assert Note({"note": text}).is_valid()


def test_a_secret_word_asks_back_and_keeps_what_was_typed() -> None:
    form = Note({"note": "谈商业秘密保护"})
    assert not form.is_valid()
    assert "秘密" in str(form.errors["sensitive_ok"])
    assert 'type="checkbox"' in str(form["sensitive_ok"])
    assert "谈商业秘密保护" in str(form["note"])


def test_an_acknowledged_secret_word_passes() -> None:
    assert Note({"note": "谈商业秘密保护", "sensitive_ok": "on"}).is_valid()


def test_the_box_is_hidden_until_it_is_needed() -> None:
    assert Note()["sensitive_ok"].is_hidden


def test_a_field_that_is_no_free_text_is_left_alone() -> None:
    assert Note({"note": "好", "phone": "320205199003074578"}).is_valid()


def test_invisible_controls_are_taken_out_on_input() -> None:
    form = Note({"note": "走\u200b访\u202e张\x07三\ufeff"})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "走访张三"


def test_a_note_of_invisible_characters_only_is_empty() -> None:
    assert "note" in Note({"note": "\u200b\u202e"}).errors


def test_a_case_number_with_zero_width_spaces_in_it_is_still_refused() -> None:
    assert "note" in Note({"note": "（2026）苏02\u200b05刑初12号"}).errors


def test_names_keep_their_own_characters() -> None:
    assert tidy("\uf979𬍛\U000e0100") == "\uf979𬍛\U000e0100"


def test_endless_combining_marks_are_cut() -> None:
    assert len(tidy("a" + "\u0301" * 1000)) == 5


def test_a_guarded_field_works_alone() -> None:
    with pytest.raises(forms.ValidationError):
        GuardedCharField().clean("（2026）苏0205刑初12号")


@pytest.mark.parametrize(
    "number", ["（2026）苏0205刑初12号", "（２０２６）苏０２０５民终１２号", "（2015）锡法民初字第12号"]
)
def test_a_case_is_not_registered_under_the_number_of_a_paper(number: str) -> None:
    assert Note({"note": "走访", "phone": number}).errors == {"phone": [CASE_REFUSED]}


@pytest.mark.parametrize(
    "number", ["知检民函〔2026〕3号", "知检监聘〔2025〕1号", "（2026）市政协民建第12号", "第26号", "100-0000-0001"]
)
def test_the_number_of_an_ordinary_paper_is_taken(number: str) -> None:
    assert Note({"note": "走访", "phone": number}).is_valid()
