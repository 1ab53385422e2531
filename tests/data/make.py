"""Writes the workbooks beside it that openpyxl and csv can write: ``python tests/data/make.py``.

They look like what offices keep: titles, merged blocks, two header rows, sections, totals, numbers as floats, people
who are invented. 委员名册.xls came from an old Excel format's writer and is kept as it is.
"""

import csv
from datetime import date
from pathlib import Path

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


def main() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "区人大"
    for row in ROSTER:
        sheet.append(row)
    for block in ROSTER_MERGES:
        sheet.merge_cells(block)
    workbook.create_sheet("填表说明").append(["一、本表每半年更新一次。"])
    workbook.save(HERE / "代表名册.xlsx")
    with (HERE / "联络台账.csv").open("w", encoding="gbk", newline="") as target:
        csv.writer(target).writerows(LEDGER)


if __name__ == "__main__":
    main()
