"""The headings of rosters, and the names of the fields in a preview."""

from intake.models import LedgerKind
from intake.reading.headings import vocabulary

_HEADINGS = {
    "name": "姓名 代表姓名 委员姓名 代表委员 代表委员姓名 名字 姓 名",
    "sex": "性别",
    "ethnic_group": "民族",
    "born_on": "出生年月 出生日期 出生年月日 出生 生日 出生时间",
    "party": "政治面貌 党派 政治面貌党派 党派政治面貌 党派面貌 第一党派 面貌",
    "second_party": "第二党派",
    "education": "学历 学历学位 文化程度 最高学历 教育程度",
    "whole": "工作单位及职务 单位及职务 单位职务 工作单位职务 单位和职务 工作单位和职务 现任职务 单位名称及职务 单位及职务职称 工作单位及职务职称 现工作单位及职务 工作单位与职务",
    "unit": "工作单位 单位 单位名称 所在单位 现工作单位 代表单位",
    "post": "职务 工作职务 行政职务 职务职称 单位职务名称 现职务",
    "level": "层级 代表层级 代表委员层级 级别 代表级别 身份层级",
    "level_cppcc": "委员层级 委员级别",
    "identity": "身份 代表身份 委员身份 代表委员身份 类别 代表类别 人员类别 代表委员类别 所属人大政协 性质",
    "term": "届次 届别 届 所属届次",
    "delegation": "代表团 所在代表团 团别 代表团名称 代表小组 选举单位 代表团选区 选区 代表团界别 代表团选区选举单位",
    "sector": "界别 所属界别 委员界别 界别名称 界别组",
    "certificate": "代表证号/委员编号 代表证号 证号 委员编号 代表编号 代表证编号 委员证号 证件编号 代表证号委员编号 编号",
    "committee": "常委会/专委会职务 是否常委专委会委员 常委会职务 政协职务 人大职务 专委会 专门委员会 常委会专委会职务 是否常委 代表职务 委员职务 所在专委会 人大政协职务",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 移动电话 联系手机 本人电话 联系方式手机",
    "profession": "专业背景 专业特长 特长 专业背景特长 专业 从事专业 专业领域",
    "concerns": "关注领域 关注方向 关注重点 关心领域",
    "area": "所属板块 板块 镇街道 所属镇街道 所在板块 所属镇街 镇街 所在镇街道 街道镇 所属板块镇街道 属地",
    "preferred": "方便的联系方式 首选联系方式",
    "file_no": "档案编号",
    "": "序号 籍贯 职称 通讯地址 地址 邮编 邮政编码 备注 挂钩领导 联络员 照片 上次联络 当年联络次 当年联络 办公电话 微信 微信号 邮箱 电子邮箱 联系人 界别活动组 社区活动组 行政区划 挂钩领导姓名 联络员姓名 联络员电话",
}
WORDS = vocabulary(LedgerKind.ROSTER, key="name", must=["name"], words=_HEADINGS)
LABELS = {
    "sex": "性别", "ethnic_group": "民族", "born_on": "出生年月", "party": "党派", "second_party": "第二党派",
    "education": "学历", "unit": "工作单位", "post": "职务", "profession": "专业背景", "area": "板块", "phone": "联系电话",
    "preferred_contact": "方便的联系方式", "group": "代表团/界别", "certificate_no": "证号", "committee_post": "常委会/专委会职务",
}  # fmt: skip
