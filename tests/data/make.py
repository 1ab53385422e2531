"""Writes the workbooks beside it that openpyxl and csv can write: ``python tests/data/make.py``.

They look like what offices keep: titles, merged blocks, two header rows, sections, totals, numbers as floats, people
who are invented. 委员名册.xls came from an old Excel format's writer and is kept as it is.
"""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

HERE = Path(__file__).parent

ROSTER = [
    ["知禾区第五届人民代表大会代表名册"],
    ["填报单位：知禾区人大常委会代表工作委员会", None, None, None, None, None, None, "截至2026年10月"],
    ["序号", "姓名", "性别", "出生\n年月", "工作单位及职务", None, "联系方式", None, "代表证号", "备注"],
    [None, None, None, None, "单位", "职务", "手机", "固话", None, None],
    ["一、甘露镇代表团（4人）"],
    [1, "顾 青", "男", "1970.03", "知禾电缆有限公司", "董事长", 13800000001.0, None, "50101", None],
    [2, "秦晓禾（常委）", "女", "1975年5月", "甘露镇实验小学", "校长", "138-0000-0002", None, "50102", None],
    [3, "单立新", "男", 197909, "甘露镇和畅社区", "社区党委书记", "１３８００００００３", None, "50103", None],
    [4, "解晓燕（女）", "女", "1982-11", None, "网格长", 13800000004, None, "50104", None],
    ["小计", "4人"],
    ["二、云溪街道代表团（3人）"],
    ["序号", "姓名", "性别", "出生\n年月", "工作单位及职务", None, "联系方式", None, "代表证号", "备注"],
    [None, None, None, None, "单位", "职务", "手机", "固话", None, None],
    [
        5,
        "顾 青",
        "女",
        date(1986, 2, 1),
        "云溪精密机械有限公司",
        "总经理",
        13800000005,
        None,
        "50105",
        "与一团顾青同名",
    ],
    [6, "阿卜杜拉·艾山", "男", "1980.10", "云溪物流有限公司", "同上", "12345", None, "50106", None],
    [7, "待增补", None, None, None, None, None, None, None, None],
    ["合计", None, "7"],
    ["制表人：王办", None, None, None, "审核人：林清禾"],
]
ROSTER_MERGES = [
    "A1:J1", "A2:G2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3", "I3:I4", "J3:J4", "A5:J5", "A11:J11",
    "A12:A13", "B12:B13", "C12:C13", "D12:D13", "E12:F12", "G12:H12", "I12:I13", "J12:J13", "E8:E9",
]  # fmt: skip

LEDGER = [
    ["知禾区人民检察院2026年联络代表委员工作台账"],
    ["序号", "日期", "联络对象", "身份", "单位及职务", "联络方式", "地点", "承办部门", "联络内容",
     "代表意见建议", "办理情况"],
    ["1", "3月5日", "顾青", "区人大代表", "知禾电缆有限公司董事长", "走访", "知禾电缆", "一部",
     "走访企业，了解经营情况", "希望加强涉企法律服务", "已开展普法一次"],
    ["2", "2026.3.18", "秦晓禾、单立新", "区代表", "", "座谈会", "院会议室", "第1检察部", "座谈社会治理", "", ""],
    ["3", "2026年4月2日", "顾青", "区人大代表", "云溪精密机械有限公司", "电话", "", "案管办", "电话通报工作", "", ""],
    ["4", "同上", "解晓燕等3人", "区代表", "", "走访", "", "案管办", "走访社区", "", ""],
    ["5", "2026-02-30", "单立新", "区代表", "", "微信", "", "案管办", "发送普法资料", "", ""],
    ["6", "46150", "秦晓禾", "人大代表(区)", "", "寄送材料", "", "第二检查部", "寄送工作报告", "", ""],
    ["合计", "", "6"],
]  # fmt: skip


HEARING = datetime(2026, 5, 20, 14, 30)  # noqa: DTZ001 Excel knows no zones
ACTIVITIES = [
    ["知禾区人民检察院2026年邀请代表委员参加检察活动台账"],
    ["填报单位：办公室", None, None, None, None, None, None, None, None, None, "单位：场、人次"],
    ["序号", "活动名称", "类型", "时间", None, "地点", "开展单位（部门）", "邀请代表委员（名单）", "实到", "主题内容",
     "意见建议（条）", "人大统筹情况"],
    [None, None, None, "开始时间", "结束时间", None, None, None, None, None, None, None],
    ["一、上半年（2场）"],
    [1, "“3·15”检察开放日", "开放日", "2026年3月13日上午9:30", "11:00", "云溪农贸市场", "公益诉讼部",
     "区人大代表秦晓禾、单立新，区政协委员柳若谷", 3, "察看农资、食品领域公益诉讼整改", "建议把回访结果告诉市场经营户", "已报备"],
    [2, "涉企案件公开听证", "听证会", HEARING, None, "院听证室", "一部",
     "顾青（知禾电缆有限公司）、区政协委员查良工", 2, "就涉企轻微案件听取意见", 2, "不适用"],
    ["小计", "2场", None, None, None, None, None, None, 5],
    ["二、下半年（3场）"],
    [3, "法治进校园", "普法宣讲", "2026.9.1", None, "知禾中学", "第三检察部", "区政协委员纪岚", None, "开学第一课", None,
     "已纳入人大计划"],
    [4, "年末集中视察", "视察", "12月中旬", None, "待定", "办公室", "各代表小组", None, None, None, None],
    [5, "检务通报会", "通报会", "2026-06-30", None, "院会议室", "办公室", "区人大代表秦晓禾", 1, "通报上半年工作", None, "已报备"],
    ["合计", "5场"],
    ["制表人：林清禾", None, None, None, "审核人：王办"],
]  # fmt: skip
ACTIVITY_MERGES = [
    "A1:L1", "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4", "H3:H4", "I3:I4", "J3:J4", "K3:K4",
    "L3:L4", "A5:L5", "A9:L9",
]  # fmt: skip
VOICES = [
    ["知禾区人民检察院2026年建议提案办理台账"],
    ["填报单位：知禾区人民检察院办公室", None, None, None, None, None, None, None, None, None, None, None, "截至2026年11月"],
    ["序号", "届次/会议", "类别", "编号", "标题（案由）", "提出人", None, "办理", None, None, None, "答复", None, None, None,
     "满意度（态度/结果）", "状态"],
    [None, None, None, None, None, "领衔代表/第一提案人", "联名/附议人", "办理性质", "交办日期", "办理期限", "承办部门",
     "答复日期", "面商", "答复要点", "结果类别", None, None],
    ["一、区人大代表建议（3件）"],
    [1, "知禾区第五届人大五次会议", "建议", "12", "关于加强涉企法律服务的建议", "顾青（知禾电缆有限公司）", "秦晓禾、单立新",
     "独办", "2026.2.2", "2026-5-6", "一部", "2026年4月15日", "是", "已在云溪、甘露各设一处涉企服务点", "A", "满意/满意", "已办结"],
    [2, None, "建议", "27", "关于农资打假联动的建议", "单立新", None, "会办", "2026.2.2", None, "公益诉讼部", None, None, None,
     None, None, "办理中"],
    [3, None, "建议", "31", "关于校园周边治理的建议", "秦晓禾等6人", None, "主办", "2026.2.2", None, "三部", None, None, None,
     None, None, None],
    ["二、区政协提案（2件）"],
    [4, "政协知禾区第五届四次会议", "提案", "058", "关于未成年人网络保护的提案", "纪 岚", "柳若谷（附议）", "主办", "同上", None,
     "第三检察部", "2026-5-20", "否", "已会同教育部门开展专项检查", "B", "基本满意", None],
    [5, None, "提案", "061", "关于环境损害赔偿的提案", "柳若谷", None, "主办", "2026-2-2", None, "公益诉讼部", "2026-1-9",
     None, "已研究", "A", None, None],
    ["合计", None, None, "5件"],
]  # fmt: skip
VOICE_MERGES = [
    "A1:Q1", "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:K3", "L3:O3", "P3:P4", "Q3:Q4",
    "A5:Q5", "B6:B8", "A9:Q9", "B10:B11",
]  # fmt: skip


def write(name: str, title: str, rows: list[list[Any]], merges: list[str], remark: str = "") -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for block in merges:
        sheet.merge_cells(block)
    if remark:
        workbook.create_sheet("填表说明").append([remark])
    workbook.save(HERE / name)


def main() -> None:
    write("代表名册.xlsx", "区人大", ROSTER, ROSTER_MERGES, "一、本表每半年更新一次。")
    write("活动台账.xlsx", "2026年", ACTIVITIES, ACTIVITY_MERGES)
    write("建议提案台账.xlsx", "2026年", VOICES, VOICE_MERGES)
    with (HERE / "联络台账.csv").open("w", encoding="gbk", newline="") as target:
        csv.writer(target).writerows(LEDGER)


if __name__ == "__main__":
    main()
