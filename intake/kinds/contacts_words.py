"""The headings of contact ledgers."""

from intake.models import LedgerKind
from intake.reading.headings import Vocabulary, heading_key

_HEADINGS = {
    "date": "日期 联络日期 联络时间 时间 走访日期 走访时间 活动日期 开展时间 联系时间 联系日期 联络年月日",
    "people": "联络对象 代表委员 联系对象 走访对象 对象 代表委员姓名 联络代表委员 姓名 代表姓名 委员姓名 联络对象姓名 被走访人 联系代表 联络代表 联络委员 走访代表委员",
    "identity": "身份 层级 身份层级 代表层级 委员层级 级别 代表委员身份 对象身份 类别 联络对象身份 联络对象层级",
    "whole": "单位及职务 工作单位及职务 单位职务 工作单位职务 单位 工作单位 单位名称 所在单位 职务 联络对象单位及职务 单位和职务 联络对象单位 联络对象单位职务",
    "phone": "联系电话 电话 手机 手机号码 手机号 联络对象电话 联络对象联系电话",
    "method": "联络方式 方式 联系方式 走访方式 形式 联络形式 活动形式 联系形式 沟通方式",
    "place": "地点 联络地点 走访地点 活动地点",
    "leaders": "参加领导 带队领导 走访领导 联络领导 参加人员 我院参加人员 我院人员 参加人 走访人员 院领导 联络人员 参与人员 出席领导",
    "department": "承办部门 部门 责任部门 承办部门联络人 联络部门 牵头部门 开展部门 承办单位",
    "contact_person": "联络人 联络员 承办人 经办人",
    "note": "联络内容 内容 主要内容 走访内容 联络情况 工作内容 活动内容 联络事项 事项 联系内容 走访情况 联络主题 主题",
    "words": "代表意见建议 意见建议 代表委员意见建议 意见 建议 收集意见建议 提出意见建议 意见和建议 代表意见 委员意见建议 意见建议内容 意见与建议",
    "outcome": "办理反馈情况 办理情况 反馈情况 落实情况 办理落实情况 办理及反馈情况 办理结果 答复情况 办理反馈 处理情况",
    "": "序号 编号 反馈日期 反馈时间 满意度 照片材料 照片 材料 备注 来源 登记人 登记时间 填报人 状态",
}
WORDS = Vocabulary(
    LedgerKind.CONTACTS,
    key="people",
    must=frozenset({"people", "date"}),
    headings={heading_key(word): name for name, words in _HEADINGS.items() for word in words.split()},
)
LABELS = {"place": "地点", "department": "部门", "staff": "我院人员", "words": "意见建议"}
