"""The Chinese word for every audited action and thing, for the auditor's page."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

ACTIONS: dict[str, str] = {
    "session.opened": "登录",
    "session.closed": "退出或会话到期",
    "session.refused": "登录失败",
    "session.locked": "登录被锁定",
    "session.wrong_code": "动态口令错误",
    "account.created": "新建账号",
    "account.edited": "修改账号资料",
    "account.admitted": "授予角色并启用账号",
    "account.role_changed": "调整角色",
    "account.deactivated": "停用账号",
    "account.password_changed": "修改本人密码",
    "account.password_reset": "发放一次性密码",
    "account.unlocked": "解除登录锁定",
    "account.sessions_ended": "结束他人登录",
    "account.second_factor_on": "启用两步验证",
    "account.second_factor_off": "停用两步验证",
    "account.second_factor_removed": "取消他人两步验证",
    "account.recovery_codes_made": "重新生成备用码",
    "feed.opened": "建立日历订阅地址",
    "feed.closed": "停用日历订阅",
    "department.created": "新建部门",
    "department.edited": "修改部门",
    "deputy.registered": "登记代表委员",
    "deputy.edited": "修改代表委员",
    "deputy.seat_given": "登记任职",
    "deputy.seat_edited": "更正任职",
    "deputy.seat_moved": "变动任职状态",
    "deputy.appointed": "登记聘任",
    "deputy.appointment_renewed": "续聘",
    "appointment.exported": "导出聘任人员名册",
    "deputy.appointment_ended": "解聘",
    "deputy.paired": "登记挂钩联系",
    "deputy.pairing_ended": "结束挂钩联系",
    "deputy.pairing_edited": "更正挂钩联系",
    "pairing.exported": "导出挂钩联系安排表",
    "deputy.paused": "暂缓联络",
    "deputy.pause_lifted": "取消暂缓联络",
    "deputy.retired": "停用代表委员档案",
    "deputy.restored": "恢复代表委员档案",
    "deputy.photo_set": "更换代表委员照片",
    "deputy.photo_removed": "移除代表委员照片",
    "brief.made": "生成联络一页纸",
    "deputy.merged": "合并档案",
    "deputy.merge_undone": "撤销合并档案",
    "deputy.told_apart": "确认不是同一人",
    "deputy.distinction_lifted": "取消不是同一人的标记",
    "deputy.phone_revealed": "查看完整电话",
    "deputy.exported": "导出代表委员名册",
    "deputy_phones.exported": "导出代表委员名册（含电话）",
    "basics.added": "新增基础资料",
    "basics.edited": "修改基础资料",
    "basics.retired": "停用基础资料",
    "basics.restored": "恢复基础资料",
    "term.changed": "办理换届",
    "term.change_undone": "撤销换届",
    "contact.logged": "登记联络",
    "contact.derived": "转入联络",
    "contact.edited": "修改联络",
    "contact.withdrawn": "撤回联络",
    "contact.restored": "恢复联络",
    "contact.exported": "导出联络台账",
    "coverage.exported": "导出联络覆盖表",
    "opinion.recorded": "记录意见",
    "follow_up.added": "添加后续事项",
    "follow_up.finished": "完成后续事项",
    "follow_up.exported": "导出后续事项台账",
    "activity.scheduled": "安排活动",
    "activity.edited": "修改活动",
    "activity.invited": "邀请代表委员",
    "activity.uninvited": "取消邀请",
    "activity.responded": "登记回复",
    "activity.ticked": "登记到场",
    "activity.closed": "办结活动",
    "activity.reopened": "重新打开活动",
    "activity.cancelled": "取消活动",
    "activity.unscheduled": "随导入撤销活动",
    "activity.exported": "导出活动台账",
    "photo.added": "添加照片",
    "photo.edited": "修改照片说明",
    "photo.removed": "移除照片",
    "photo.restored": "恢复照片",
    "suggestion.due_moved": "调整答复期限",
    "suggestion.extension_asked": "申请延期",
    "suggestion.extension_granted": "批准延期",
    "suggestion.extension_refused": "不批准延期",
    "holidays.arranged": "录入放假安排",
    "suggestion.registered": "登记建议提案",
    "suggestion.edited": "修改建议提案",
    "suggestion.accepted": "受理",
    "suggestion.assigned": "分办",
    "suggestion.handed_back": "退回重新分办",
    "suggestion.given_back": "退办",
    "suggestion.taken_again": "退办未获同意",
    "suggestion.transferred": "转来信",
    "suggestion.drafted": "拟写答复稿",
    "suggestion.submitted": "送审",
    "suggestion.approved": "审核签发",
    "suggestion.sent_back": "退回修改",
    "suggestion.recalled": "撤回送审",
    "suggestion.co_handler_asked": "商请会办",
    "suggestion.opinion_received": "登记会办意见",
    "suggestion.delivered": "登记送达",
    "suggestion.step_added": "记录办理进展",
    "suggestion.replied": "答复",
    "suggestion.evaluated": "登记评价",
    "suggestion.promise_added": "登记承诺",
    "suggestion.promise_moved": "调整承诺时限或责任人",
    "suggestion.promise_kept": "登记二次答复",
    "suggestion.result_moved": "更正现办理结果",
    "scan.added": "上传扫描件",
    "scan.removed": "移除扫描件",
    "suggestion.publication_decided": "登记公开审查",
    "promise.exported": "导出承诺台账",
    "suggestion.closed": "办结建议提案",
    "suggestion.withdrawn": "撤销建议提案",
    "suggestion.unregistered": "随导入撤销建议提案",
    "suggestion.exported": "导出建议提案台账",
    "portrait.requested": "制作检察印迹",
    "portrait.made": "检察印迹制作完成",
    "portrait.failed": "检察印迹制作失败",
    "portrait.retried": "重新制作检察印迹",
    "portrait.cancelled": "取消制作检察印迹",
    "portrait.taken": "下载检察印迹",
    "contact.imported": "导入联络",
    "import.uploaded": "上传待导入的文件",
    "import.discarded": "放弃导入",
    "import.exported": "下载待改正的行",
    "import.done": "导入台账",
    "import.undone": "撤销导入",
    "import.heading_mapped": "对照表头",
    "import.heading_forgotten": "取消表头对照",
    "import.alias_added": "对照叫法",
    "import.alias_forgotten": "取消叫法对照",
    "demo.filled": "填入演示数据",
}


def action_word(action: str) -> str:
    """An action without a word is shown raw rather than hidden."""
    return ACTIONS.get(action, action)


def thing_word(model_name: str) -> str:
    return next((str(model._meta.verbose_name) for model in _models(model_name)), model_name)


def field_words(model_name: str, names: list[str]) -> list[str]:
    """The labels of changed fields; only names leave here, never values."""
    return [_field_word(model_name, name) for name in names]


def _field_word(model_name: str, name: str) -> str:
    for model in _models(model_name):
        try:
            return str(getattr(model._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            break
    return name


def _models(model_name: str) -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.model_name == model_name]
