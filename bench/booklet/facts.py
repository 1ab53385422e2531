"""A rich year for the bench: 30 encounters, 8 photos, 14 voices, some 4,000 Chinese characters. Fictional."""

from typing import Any

PLACES = ["甘露镇", "羊尖镇", "东亭街道", "厚桥街道", "云林街道", "锡北镇"]
THEMES = ["涉农公益诉讼", "营商环境", "未成年人保护", "公共安全", "社会治理", "知识产权", "民生保障", "生态环境"]


def _event(number: int) -> dict[str, Any]:
    place, theme = PLACES[number % 6], THEMES[number % 8]
    photos = [{"ref": f"photo:{number}", "file": "", "caption": f"在{place}察看现场"}] if number < 8 else []
    return {
        "ref": f"contact:{number}",
        "date": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "kind": "专题调研" if number % 2 else "走访",
        "title": f"到{place}了解{theme}工作情况",
        "meta": f"{place}便民服务中心　我院参加：程知远、林清禾、周穗",
        "activity": f"activity:{number}" if photos else "",
        "text": f"实地察看{place}的{theme}工作，听取镇村两级和企业代表的介绍，就整改是否到位、长效机制如何落地、"
        f"群众是否满意逐项询问，并提出{number % 5 + 2}条具体意见，全部登记交办。",
        "photos": photos,
    }


def _voice(number: int) -> dict[str, Any]:
    place, theme = PLACES[number % 6], THEMES[number % 8]
    day = f"2026-{number % 9 + 3:02d}-12"
    return {
        "ref": f"suggestion:{number}",
        "date": f"2026-0{number % 9 + 1}-08",
        "kind": "代表建议",
        "meta": f"第{number + 101}号　2026年{number % 9 + 1}月8日收到　{theme}",
        "title": f"关于加强{place}{theme}协同监督的建议",
        "words": f"{place}的{theme}问题，单靠一家单位管不过来，希望检察机关牵头，把职责理清、把台账建实。",
        "steps": [{"ref": "step:1", "date": day, "what": f"会同主管部门到{place}踏勘，形成问题清单和责任分工"}],
        "replies": [
            {
                "ref": "reply:1",
                "date": day,
                "heading": f"当面答复（知检函〔2026〕{number}号），检察长程知远带队",
                "summary": "发现的问题全部整改，建立每季度一次的联合巡查机制，后续情况将再次向您报告。",
                "in_person": True,
                "kept": "",
            }
        ],
        "outcome": "",
        "evaluation": "对办理态度满意，对办理结果满意",
        "promised": False,
        "result": [
            {"label": "答复日期", "value": f"2026年{number % 9 + 3}月12日"},
            {"label": "办理结果", "value": "A类 已解决或采纳"},
            {"label": "您的评价", "value": "对办理态度满意，对办理结果满意"},
        ],
    }


FACTS: dict[str, Any] = {
    "year": 2026,
    "length": "full",
    "code": "ZH26-7K4M-9Q2T",
    "period": {"from": "2026-01-01", "to": "2026-12-31"},
    "as_of": "2027-01-05",
    "house": {"name": "知禾区人民检察院", "short": "知禾区检察院", "brand": "检心·知禾"},
    "person": {
        "ref": "deputy:1",
        "name": "欧阳禾清",
        "suffix": "代表",
        "seats": [{"ref": "mandate:1", "title": "第十四届全国人民代表大会代表", "post": ""}],
        "work": "知禾供电服务公司线路班班长、高级技师",
    },
    "letter": {
        "dear": "尊敬的欧阳禾清代表：",
        "paragraphs": [
            (
                "2026年，感谢您作为全国人大代表，关心、支持和监督知禾区检察院的工作。您有输电运维的专业所长，"
                "关注公共安全和营商环境，这些也正是检察机关要用心办好的事。"
            ),
            (
                "您提出的《关于加强特高压架空输电线路安全监管的建议》，我们像办案一样办理，前后经过9个步骤，"
                "于6月18日当面向您答复。您的评价是“对办理态度满意，对办理结果满意”，这是对我们的鞭策。"
            ),
            "纸短情长，谨以这本小册向您报告，也向您致谢。检察院的门始终为您敞开，恳请您常来看看、多提意见。",
        ],
        "closing": "知民意，听民声，解民忧。",
        "signed_title": "检察长",
        "signed_by": "程知远",
    },
    "glance": [
        {"label": "联络交流", "value": 30, "unit": "次"},
        {"label": "参加检察活动", "value": 8, "unit": "场"},
        {"label": "提出建议提案", "value": 14, "unit": "件"},
    ],
    "months": [3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2],
    "topics": [[theme, 8 - rank] for rank, theme in enumerate(THEMES[:5])],
    "events": [_event(number) for number in range(30)],
    "voices": [_voice(number) for number in range(14)],
    "appointments": [
        {"ref": "appointment:1", "role": "听证员", "period": "2026年3月1日起", "number": "知检聘〔2026〕1号"}
    ],
    "colophon": "本册所载均来自我院联络台账、活动记录和建议办理记录，逐条可查。",
}
