"""The fictional people of the demo district."""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单查仇解翟区"
)
GIVEN_MALE = "建军 世宁 国平 文斌 海涛 永明 若谷 晓峰 立新 学文 宏伟 春生 云飞 子轩 明远 振宇 启航 景行 士林 嘉树 友仁 兴业 守田 思源 伟 涛 鹏 淼 杰 勇 翀 赟 喆 犇"
GIVEN_FEMALE = "秀兰 桂芳 晓燕 雪梅 文静 丽娟 海霞 春花 玉洁 思琪 雨桐 婉清 若溪 慧敏 佩珍 素云 月华 金凤 敏 静 娟 芳 琳 洁 瑄 垚 颖 婷"

# {place} is filled with a place of the district, {firm} with a made-up trade name.
UNITS: dict[str, list[tuple[str, str, str]]] = {
    "涉农": [
        ("{place}青鱼养殖专业合作社", "理事长", "水产养殖"),
        ("{firm}家庭农场", "农场主", "粮食种植"),
        ("{place}村", "村党总支书记", "农村基层治理"),
        ("{place}农业服务中心", "高级农艺师", "农业技术"),
        ("{firm}果蔬专业合作社", "技术员", "设施农业"),
    ],
    "生态环境": [
        ("{firm}环境科技有限公司", "总工程师", "环境工程"),
        ("{place}水务有限公司", "副总经理", "水务管理"),
        ("区环境监测站", "高级工程师", "环境监测"),
        ("{firm}再生资源有限公司", "总经理", "资源循环利用"),
    ],
    "营商环境": [
        ("{firm}电缆有限公司", "董事长", "装备制造"),
        ("{firm}精密机械有限公司", "总经理", "机械制造"),
        ("{firm}纺织服装有限公司", "车间主任", "纺织服装"),
        ("{place}商会", "会长", "商会工作"),
        ("{firm}律师事务所", "主任", "法律服务"),
    ],
    "未成年人保护": [
        ("{place}实验小学", "校长", "基础教育"),
        ("{place}中学", "德育主任", "基础教育"),
        ("{place}幼儿园", "园长", "学前教育"),
        ("{firm}社会工作服务中心", "主任", "青少年社会工作"),
    ],
    "公共安全": [
        ("{firm}建筑设计院", "副院长", "建筑设计"),
        ("{place}供电服务站", "线路班班长", "输电运维"),
        ("{firm}物流有限公司", "安全总监", "仓储物流"),
        ("{firm}燃气服务有限公司", "工程师", "燃气安全"),
    ],
    "社会治理": [
        ("{place}和畅社区", "社区党委书记", "社区治理"),
        ("{place}东园社区", "网格长", "社区治理"),
        ("{firm}配送站", "站长", "新就业形态"),
        ("{place}人民调解委员会", "调解员", "矛盾纠纷化解"),
    ],
    "知识产权": [
        ("{firm}半导体有限公司", "研发总监", "集成电路"),
        ("{firm}软件有限公司", "首席技术官", "软件工程"),
        ("江南大学知禾研究院", "教授", "知识产权"),
    ],
    "民生保障": [
        ("{place}卫生院", "主任医师", "临床医学"),
        ("区中医院", "主任中医师", "中医药"),
        ("{firm}养老服务中心", "主任", "养老服务"),
        ("区残疾人联合会", "理事", "残疾人事业"),
    ],
    "妇女权益": [
        ("{place}妇女联合会", "执委", "妇女儿童工作"),
        ("{firm}家政服务有限公司", "总经理", "家政服务"),
    ],
    "数字检察": [
        ("{firm}数据科技有限公司", "总经理", "大数据"),
        ("区大数据中心", "高级工程师", "数据治理"),
    ],
}
PLACES = ["甘露", "稻香", "荷塘", "双桥", "青禾", "云溪", "北仓", "科创"]
FIRMS = [
    "禾润",
    "恒穗",
    "启谷",
    "丰野",
    "澄川",
    "远岫",
    "嘉禾",
    "瑞稷",
    "知行",
    "云帆",
    "明川",
    "拓原",
    "清源",
    "和泰",
    "晨曦",
    "安澜",
]
PARTIES = ["中共"] * 10 + ["群众"] * 6 + ["民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "无党派"]
SECTORS = {
    "涉农": "农业界", "生态环境": "环境资源界", "营商环境": "工商联", "未成年人保护": "教育界", "公共安全": "科学技术界",
    "社会治理": "社会福利和社会保障界", "知识产权": "科学技术界", "民生保障": "医药卫生界", "妇女权益": "妇联", "数字检察": "科学技术界",
}  # fmt: skip
ETHNIC = ["汉族"] * 30 + ["回族", "土家族", "苗族", "满族"]
# Names that are hard for software: several readings, interpuncts, rare characters, one without a glyph.
HARD_NAMES = [
    ("单雪", "女"),
    ("查理群", "男"),
    ("仇英杰", "男"),
    ("解晓东", "男"),
    ("曾令仪", "女"),
    ("翟文秀", "女"),
    ("区慧仪", "女"),
    ("覃山", "男"),
    ("阿依努尔·艾山", "女"),
    ("欧阳若水", "女"),
    ("沈㛃", "女"),
    ("龚䶮", "男"),
    ("陆𪚥", "男"),
]


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    field: str
    unit: str
    post: str
    profession: str
    party: str
    ethnic_group: str
    birth_year: int
    birth_month: int
    phone: str


def invent(random: Random, count: int) -> list[Person]:
    """``count`` people, the hard names among them, two pairs of namesakes included."""
    names = [*list(HARD_NAMES), ("张敏", "女"), ("张敏", "女"), ("王伟", "男"), ("王伟", "男")]
    seen = {name for name, _ in names}
    while len(names) < count:
        sex = random.choice("男男女")
        given = random.choice((GIVEN_MALE if sex == "男" else GIVEN_FEMALE).split())
        name = random.choice(SURNAMES) + given
        if name not in seen:
            seen.add(name)
            names.append((name, sex))
    random.shuffle(names)
    return [_person(random, name, sex) for name, sex in names]


def _person(random: Random, name: str, sex: str) -> Person:
    field = random.choice(list(UNITS))
    unit, post, profession = random.choice(UNITS[field])
    return Person(
        name=name,
        sex=sex,
        field=field,
        unit=unit.format(place=random.choice(PLACES), firm=random.choice(FIRMS)),
        post=post,
        profession=profession,
        party=random.choice(PARTIES),
        ethnic_group="维吾尔族" if "·" in name else random.choice(ETHNIC),
        birth_year=random.randint(1962, 1992),
        birth_month=random.randint(1, 12),
        # 100… is not given out to anybody: no demo number can ring at a real person's.
        phone=f"100{random.randint(0, 99_999_999):08d}",
    )
