"""The headings of activity ledgers, and the names of the fields in a preview."""

from intake.models import LedgerKind
from intake.reading.headings import vocabulary

_HEADINGS = {
    "title": "活动名称 名称 活动标题 标题 活动 活动主题 主题",
    "kind": "类型 活动类型 活动类别 类别 活动种类 活动形式",
    "date": "日期 活动日期 举办日期 开展日期 活动时间 时间 开展时间 举办时间 年月日",
    "starts": "开始时间 开始 起始时间",
    "ends": "结束时间 结束 截止时间",
    "place": "地点 活动地点 举办地点 场所",
    "host": "承办部门 开展单位 开展单位部门 承办单位 开展部门 部门 责任部门 牵头部门 主办部门 承办部门单位",
    "leaders": "出席领导 参加领导 院领导 出席院领导 带队领导 参加院领导",
    "invited": "邀请代表委员 邀请代表委员名单 邀请对象 邀请人员 受邀代表委员 邀请名单 拟邀请代表委员",
    "came": "到场代表委员 参加代表委员 参会代表委员 实到代表委员 实到名单 参加人员 参加代表委员名单 到会代表委员 参加代表 参加委员 出席代表委员",
    "came_count": "实到 实到人数 实到人次 参加人数 到会人数 参会人数",
    "identity": "身份 层级 代表委员身份 身份层级",
    "whole": "单位及职务 代表委员单位及职务 代表委员单位 单位职务 代表委员单位职务",
    "summary": "主题内容 活动内容 主要内容 内容 活动情况 活动简介 内容摘要",
    "words": "意见建议 意见建议条 收集意见建议 代表委员意见建议 意见和建议",
    "congress": "人大统筹情况 人大统筹 报备情况 人大报备 人大统筹报备情况 是否报备",
    "state": "状态 活动状态 办结情况",
    "": "序号 编号 组织单位 主办单位 邀请 邀请人 邀请人数 实到构成 人数 宣传报道 宣传报道链接 照片 照片张 照片材料 录入单位 录入时间 录入单位时间 录入人 备注 全国代表 省代表 市代表 区代表 各级委员",
}
WORDS = vocabulary(LedgerKind.ACTIVITIES, key="title", must=["title", "kind"], words=_HEADINGS)
LABELS = {
    "starts_at": "开始时间", "ends_at": "结束时间", "place": "地点", "summary": "主题内容", "congress_state": "人大统筹",
    "host": "承办部门",
}  # fmt: skip
