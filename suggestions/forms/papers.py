"""Forms of the papers."""

from deputies.forms.dialogs import DialogForm
from suggestions.models import LetterHead


class LetterHeadForm(DialogForm):
    class Meta:
        model = LetterHead
        fields = ["reply_code", "joint_code", "office_code", "contact", "phone", "congress_copy", "cppcc_copy"]
        help_texts = {
            "reply_code": "如“知检函”，印作“知检函〔2026〕　　号”",
            "joint_code": "会办意见另编序号",
            "office_code": "退办函、延期申请函",
            "contact": "印在函末；不填则留空手写",
            "phone": "本院办公电话",
            "congress_copy": "前面自动加“区”“市”等层级",
            "cppcc_copy": "前面自动加“区”“市”等层级",
        }
