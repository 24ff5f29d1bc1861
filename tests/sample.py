"""A small handmade build: one invented article, whose last two lines were set in the wrong order, and what stands in it."""

import hashlib
from decimal import Decimal

from kg.facts.entity import Entity
from kg.facts.figure import Figure, Measure, Status
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.language.quantity import Bound
from kg.names.decision import Decision, Reason, Sight
from kg.text.document import Document, Metadata
from kg.text.sentence import Evidence, Span

TEXT = """青河区工业经济稳中有进
江州市青河区今年上半年规模以上工业总产值完成86.50亿元，同比增长7.2%，增速居五城区第一。
全区高新技术企业超过120户，全年力争突破150户。
江州青河云帆机械有限公司坐落在青河经济开发区，从事智能装备制造，为宏远汽车配套，生产“云帆一号”减速机，获评国家级绿色工厂。
云帆机械承建的智能传动产业园项目已经开工，总投资12亿元。宏远汽车与青河职业技术学院深化合作，并在青河经济开发区设有子公司宏远零部件。
区委提出“三五”工作法，青河区深入实施“三五”工作法，其中包括“清障行动”，
区工信局局长周明远、宏远汽车董事长周明远出席产业对接会。产业对接会由青河区主办，与会者走进青河文化广场。
达到95%左右，失业率下降0.5个百分点。
城镇新增就业同比下降3%，不足2000人，就业率
"""
DOCUMENT = Document(
    hashlib.sha256(TEXT.encode()).hexdigest()[:16],
    "sample.txt",
    TEXT,
    Metadata("青河区工业经济稳中有进", "青河日报", "2024-07", published_inferred=True, home="青河区"),
)

DISTRICT, CITY, ZONE = "District/青河区", "District/江州市", "District/青河经济开发区"
FIRM, CAR, PARTS = "Enterprise/江州青河云帆机械有限公司", "Enterprise/宏远汽车", "Enterprise/宏远零部件"
COLLEGE, COMMITTEE, BUREAU = "Organization/青河职业技术学院", "Organization/青河区委", "Organization/青河区工信局"
PARK, METHOD, DRIVE = "Project/智能传动产业园项目", "Programme/三五工作法", "Programme/清障行动"
PERSON, SQUARE, SECTOR, FAIR = "Person/周明远", "Place/青河文化广场", "Industry/智能装备制造", "Event/产业对接会"

ENTITIES = (
    Entity(DISTRICT, "District", "青河区", ("江州市青河区", "青河"), "AdministrativeDivision", "999901"),
    Entity(CITY, "District", "江州市", (), "AdministrativeDivision"),
    Entity(ZONE, "District", "青河经济开发区", (), "DevelopmentZone"),
    Entity(FIRM, "Enterprise", "江州青河云帆机械有限公司", ("云帆机械",)),
    Entity(CAR, "Enterprise", "宏远汽车"),
    Entity(PARTS, "Enterprise", "宏远零部件"),
    Entity(COLLEGE, "Organization", "青河职业技术学院"),
    Entity(COMMITTEE, "Organization", "青河区委", ("区委",)),
    Entity(BUREAU, "Organization", "青河区工信局", ("区工信局",)),
    Entity(PARK, "Project", "智能传动产业园项目", ("智能传动产业园",)),
    Entity(METHOD, "Programme", "三五工作法", ("三五",)),
    Entity(DRIVE, "Programme", "清障行动", ("清障",)),
    Entity(PERSON, "Person", "周明远"),
    Entity(SQUARE, "Place", "青河文化广场"),
    Entity(SECTOR, "Industry", "智能装备制造"),
    Entity(FAIR, "Event", "产业对接会"),
)


def evidence(*quotes: str) -> Evidence:
    """Where the quotes stand in the text; each must stand there."""
    return Evidence(DOCUMENT.id, tuple(Span(TEXT.index(q), TEXT.index(q) + len(q)) for q in quotes))


def _relation(subject: str, predicate: str, target: str, quote: str, role: str | None = None) -> Relation:
    literal = predicate in {"produces", "recognisedAs", "projectStatus"}
    return Relation(subject, predicate, target, evidence(quote), f"relation.{predicate}", literal, role)


RELATIONS = (
    _relation(DISTRICT, "partOf", CITY, "江州市青河区"),
    _relation(ZONE, "partOf", DISTRICT, "在青河经济开发区设有"),
    _relation(FIRM, "locatedIn", ZONE, "云帆机械有限公司坐落在青河经济开发区"),
    _relation(PARTS, "locatedIn", ZONE, "在青河经济开发区设有子公司宏远零部件"),
    _relation(CAR, "locatedIn", DISTRICT, "宏远汽车与青河职业技术学院"),
    _relation(SQUARE, "locatedIn", DISTRICT, "青河文化广场"),
    _relation(PARK, "locatedIn", DISTRICT, "智能传动产业园项目已经开工"),
    _relation(FIRM, "inIndustry", SECTOR, "从事智能装备制造"),
    _relation(FIRM, "undertakes", PARK, "云帆机械承建的智能传动产业园项目"),
    _relation(PARTS, "subsidiaryOf", CAR, "子公司宏远零部件"),
    _relation(CAR, "partnersWith", COLLEGE, "宏远汽车与青河职业技术学院深化合作"),
    _relation(FIRM, "supplies", CAR, "为宏远汽车配套"),
    _relation(FIRM, "produces", "“云帆一号”减速机", "生产“云帆一号”减速机"),
    _relation(FIRM, "recognisedAs", "国家级绿色工厂", "获评国家级绿色工厂"),
    _relation(DISTRICT, "implements", METHOD, "青河区深入实施“三五”工作法"),
    _relation(METHOD, "issuedBy", COMMITTEE, "区委提出“三五”工作法"),
    _relation(METHOD, "hasPart", DRIVE, "“三五”工作法，其中包括“清障行动”"),
    _relation(PERSON, "holdsPosition", BUREAU, "区工信局局长周明远", "局长"),
    _relation(PERSON, "holdsPosition", CAR, "宏远汽车董事长周明远", "董事长"),
    _relation(DISTRICT, "organises", FAIR, "产业对接会由青河区主办"),
    _relation(PARK, "projectStatus", "started", "智能传动产业园项目已经开工"),
    _relation(PARK, "projectStatus", "started", "总投资12亿元"),
)


def _figure(
    indicator: str,
    value: str,
    unit: str,
    measure: Measure,
    quotes: tuple[str, ...],
    period: str | None = "2024-01/2024-06",
    bound: Bound = Bound.EQUAL,
    status: Status = Status.ACTUAL,
    about: str = DISTRICT,
    scope: str | None = None,
    level: tuple[str, Decimal, str] | None = None,
) -> Figure:
    raw = value.lstrip("-") + unit
    return Figure(
        about, indicator, Decimal(value), unit, bound, measure, status, period, raw, evidence(*quotes), "figure.sample", scope, level
    )


OUTPUT = "规模以上工业总产值"
FIGURES = (
    _figure(OUTPUT, "86.50", "亿元", Measure.LEVEL, ("规模以上工业总产值完成86.50亿元",)),
    _figure(OUTPUT, "7.2", "%", Measure.GROWTH, ("同比增长7.2%",), level=(OUTPUT, Decimal("86.50"), "亿元")),
    _figure(OUTPUT, "1", "位", Measure.RANK, ("增速居五城区第一",), scope="五城区"),
    _figure("高新技术企业", "120", "户", Measure.LEVEL, ("高新技术企业超过120户",), None, Bound.OVER),
    _figure("高新技术企业", "150", "户", Measure.LEVEL, ("全年力争突破150户",), "2024", Bound.OVER, Status.TARGET),
    _figure("总投资", "12", "亿元", Measure.LEVEL, ("总投资12亿元",), None, about=PARK),
    _figure("城镇新增就业", "-3", "%", Measure.GROWTH, ("城镇新增就业同比下降3%",), level=("城镇新增就业", Decimal(2000), "人")),
    _figure("城镇新增就业", "2000", "人", Measure.LEVEL, ("不足2000人",), bound=Bound.UNDER),
    _figure("就业率", "95", "%", Measure.SHARE, ("就业率", "达到95%左右"), "2024-06-30", Bound.ABOUT),
    _figure("失业率", "-0.5", "个百分点", Measure.CHANGE, ("失业率下降0.5个百分点",)),
)
DECISIONS = (
    Decision(
        True,
        Reason.HEAD,
        (Sight(FIRM, "云帆机械", evidence("云帆机械")), Sight(FIRM, "江州青河云帆机械有限公司", evidence("江州青河云帆机械有限公司"))),
    ),
    Decision(True, Reason.ORGAN, (Sight(COMMITTEE, "区委", evidence("区委")), Sight(COMMITTEE, "青河区委", None))),
    Decision(False, Reason.OTHER_FIRM, (Sight(CAR, "宏远汽车", evidence("宏远汽车")), Sight(PARTS, "宏远零部件", evidence("宏远零部件")))),
)
FACTS = Facts((DOCUMENT,), ENTITIES, RELATIONS, FIGURES, DECISIONS)

REVIEW = """青河区2023年税收收入完成8.64亿元。
年初提出，青河区2023年税收收入达到8亿元，力争9亿元。
青河区2023年税收收入8.6亿元。
"""
REVIEWED = Document(hashlib.sha256(REVIEW.encode()).hexdigest()[:16], "review.txt", REVIEW, Metadata("回顾", "青河日报", "2024-01"))


def _tax(value: str, quote: str, status: Status = Status.ACTUAL) -> Figure:
    place = Evidence(REVIEWED.id, (Span(REVIEW.index(quote), REVIEW.index(quote) + len(quote)),))
    numbers = (Decimal(value), "亿元", Bound.EQUAL, Measure.LEVEL, status, "2023", f"{value}亿元")
    return Figure(DISTRICT, "税收收入", *numbers, place, "figure.sample")


TAXES = (
    _tax("8.64", "2023年税收收入完成8.64亿元"),
    _tax("8.6", "2023年税收收入8.6亿元"),
    _tax("8", "2023年税收收入达到8亿元", Status.TARGET),
    _tax("9", "力争9亿元", Status.TARGET),
)
REVIEWED_FACTS = Facts((DOCUMENT, REVIEWED), ENTITIES, RELATIONS, (*FIGURES, *TAXES), DECISIONS)
"""The same with a second document, whose figures are the same but for rounding, and what came of two targets."""
