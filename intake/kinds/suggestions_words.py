"""The headings of ledgers of suggestions and proposals, and the names of the fields in a preview."""

from intake.models import LedgerKind
from intake.reading.headings import vocabulary

_HEADINGS = {
    "title": "标题（案由） 标题 标题案由 案由 建议标题 提案标题 建议名称 提案名称 题目 建议提案标题 提案案由",
    "lead": "领衔代表/第一提案人 领衔代表 第一提案人 领衔人 提案人 提出人 代表姓名 提案者 领衔代表提案人 建议人 领衔 提案委员 提出代表委员",
    "others": "联名/附议人 联名人 附议人 联名代表 附议代表 联名 附议 联名提案人 其他提案人",
    "identity": "身份 代表委员身份",
    "whole": "单位及职务 代表委员单位 单位职务 工作单位 单位 提出人单位",
    "group": "代表团/界别 代表团 界别",
    "kind": "类别 种类 建议提案类别 类型 性质分类",
    "level": "层级 级别 建议提案层级 层次",
    "term": "届次/会议 届次 届别 届",
    "session": "会议 会次 会议次数",
    "in_session": "会间/闭会 会议期间闭会期间 会间或闭会 会议期间",
    "number": "编号 提案序号 建议编号 提案编号 建议号 提案号 编号流水号提案序号 建议提案编号 案号编号",
    "received": "收到日期 收文日期 接收日期 登记日期 提出日期 提交日期",
    "text": "内容 主要内容 建议内容 提案内容 内容摘要",
    "field": "内容分类 领域 分类 提案分类",
    "role": "办理性质 性质 承办性质 办理方式 主办会办",
    "lead_unit": "主办单位 牵头单位",
    "assigned": "交办日期 交办日 交办时间 分办日期",
    "due": "办理期限 答复期限 办结期限 限办日期 期限 办理时限",
    "department": "承办部门 部门 主办部门 责任部门 承办单位",
    "reply_number": "答复文号 复函文号 文号 答复编号",
    "replied": "答复日期 复函日期 答复时间 回复日期 主办部门答复日期",
    "in_person": "当面答复 面商 面复 是否面复 是否面商 是否当面答复",
    "summary": "答复要点 答复内容 办理情况 主办部门答复 办理答复情况 办理结果说明 答复情况",
    "result": "结果类别 办理结果 办理结果类别 结果 办复类别 结果分类",
    "signed": "签发人 签发领导 签发 带队领导",
    "verdict": "满意度（态度/结果） 满意度 代表评价 评价 意见反馈 反馈意见 满意情况 委员评价",
    "key": "重点督办 是否重点督办 重点建议 重点提案",
    "promise": "承诺事项",
    "promise_due": "承诺完成时限 承诺事项完成时限 完成时限",
    "promise_owner": "承诺责任人",
    "kept_on": "二次答复日期 承诺落实日期",
    "kept_how": "跟踪结果 跟踪办理结果 落实情况 承诺落实情况",
    "result_now": "现办理结果",
    "state": "状态 办理状态",
    "": "序号 年度 流水号 提案单位 会办单位 交办机关 交办单位 承办人 分管领导 沟通方式 沟通次数 沟通日期 沟通方式次数日期 是否公开 公开意愿 公开意见 公开属性 公开日期 转化检察建议 再办理 跟踪办理 备注 办理过程 办理过程次",
}
WORDS = vocabulary(LedgerKind.SUGGESTIONS, key="title", must=["title", "lead"], words=_HEADINGS)
LABELS = {
    "number": "编号", "session": "会议", "field": "内容分类", "key_supervised": "重点督办", "text": "内容", "term": "届次",
}  # fmt: skip
