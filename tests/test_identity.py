"""Identity: one thing, one node, within a document and across documents."""

import random

from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.identity.unification import unify
from kg.pipeline import extract
from kg.text.document import Document, Metadata


def built(*texts: str, home: str | None = None) -> Facts:
    documents = [
        Document(f"doc{number}", f"{number}.txt", text, Metadata(published="2023-08", home=home)) for number, text in enumerate(texts)
    ]
    return unify(map(extract, documents))


def bearing(facts: Facts, name: str) -> list[Entity]:
    return [entity for entity in facts.entities if name in (entity.name, *entity.aliases)]


def test_one_organ_by_all_its_names() -> None:
    facts = built("中共长春市绿园区委召开会议。绿园区委强调，区委将持续发力。长春市绿园区工信局介绍，区工信局将服务企业。", home="绿园区")
    assert bearing(facts, "区委") == bearing(facts, "绿园区委") == bearing(facts, "中共长春市绿园区委")
    assert bearing(facts, "区工信局") == bearing(facts, "长春市绿园区工信局")
    assert len(bearing(facts, "区委")) == 1


def test_one_enterprise_by_full_and_short_name_across_documents() -> None:
    facts = built("宏远精密机械股份有限公司投产。", "宏远精密机械集团增资。", home="绿园区")
    assert len(bearing(facts, "宏远精密机械集团")) == 1
    assert bearing(facts, "宏远精密机械集团") == bearing(facts, "宏远精密机械股份有限公司")


def test_a_cooperative_by_its_brand_and_half_its_trade() -> None:
    facts = built("柳河镇恒晟水产养殖专业合作社带动增收，恒晟水产将扩大规模。", home="绿园区")
    assert [entity.name for entity in bearing(facts, "恒晟水产")] == ["柳河镇恒晟水产养殖专业合作社"]


def test_a_foreign_firm_without_its_country() -> None:
    facts = built("该公司收购法国恒迪苏集团，恒迪苏投产，恒迪苏产能提升。", home="绿园区")
    assert [entity.name for entity in bearing(facts, "恒迪苏")] == ["法国恒迪苏集团"]


def test_a_short_form_that_fits_two_enterprises_stays_by_itself() -> None:
    facts = built("长海机械有限公司与长海科技有限公司入驻，长海集团增资。", home="绿园区")
    assert [entity.name for entity in bearing(facts, "长海集团")] == ["长海集团"]


def test_a_body_and_an_event_by_the_end_of_their_names() -> None:
    facts = built(
        "绿园区举办首届长河杯青年创业大赛，“江北特色竹材产业专家协同制造研究院”动工。专家协同制造研究院派人担任长河杯青年创业大赛评委。",
        home="绿园区",
    )
    assert [entity.name for entity in bearing(facts, "专家协同制造研究院")] == ["江北特色竹材产业专家协同制造研究院"]
    assert [entity.name for entity in bearing(facts, "长河杯青年创业大赛")] == ["首届长河杯青年创业大赛"]


def test_zones_by_short_and_full_form() -> None:
    facts = built("长春经济技术开发区召开会议。长春经开区发展迅速，经开区将继续努力。")
    assert len(bearing(facts, "经开区")) == 1
    assert bearing(facts, "经开区") == bearing(facts, "长春经济技术开发区") == bearing(facts, "长春经开区")


def test_organs_of_different_cities_are_apart() -> None:
    facts = unify(
        extract(Document(home, f"{home}.txt", f"{home}召开会议，市委书记李伟讲话。", Metadata(published="2023-08", home=home)))
        for home in ("合肥市", "安庆市")
    )
    assert len(bearing(facts, "市委")) == 2


def test_namesakes_resolve_by_context() -> None:
    in_changchun = built("长春市朝阳区、绿园区两区联动。长春市加快建设。朝阳区发展服务业。")
    in_beijing = built("北京市朝阳区、海淀区两区联动。北京市加快建设。朝阳区发展服务业。")
    assert [entity.code for entity in bearing(in_changchun, "朝阳区")] == ["220104"]
    assert [entity.code for entity in bearing(in_beijing, "朝阳区")] == ["110105"]


def test_a_figure_said_twice_is_one_figure_with_both_places() -> None:
    (figure,) = built("上半年，绿园区地区生产总值增长5.1%。\n总的看，上半年绿园区地区生产总值增长5.1%。", home="绿园区").figures
    assert len(figure.further) == 1


def test_the_order_of_documents_does_not_matter() -> None:
    texts = ["宏远集团投产。绿园区宏远集团、安达电子等企业扩产。", "安达电子有限公司入驻绿园区。", "绿园区委召开会议。"]
    documents = [extract(Document(f"d{number}", "x", text, Metadata(published="2023-08"))) for number, text in enumerate(texts)]
    assert len({repr(unify(random.Random(seed).sample(documents, 3))) for seed in range(5)}) == 1


def test_a_name_that_the_text_defines_means_what_it_defines() -> None:
    facts = built("青林星湾影业有限公司（以下简称“星湾”）增资。东岭星湾影业有限公司发布声明。8月，星湾投产。", home="绿园区")
    assert bearing(facts, "星湾") == bearing(facts, "青林星湾影业有限公司")
    assert bearing(facts, "星湾") != bearing(facts, "东岭星湾影业有限公司")


def test_a_defined_name_is_found_again_whatever_its_characters() -> None:
    facts = built("东岭电力投资集团有限公司（600000.SH，下称“岭电投”）发布公告。公告显示，岭电投与安达公司签署合作协议。", home="绿园区")
    assert bearing(facts, "岭电投") == bearing(facts, "东岭电力投资集团有限公司") != []


def test_a_common_word_defines_nothing() -> None:
    facts = built("东岭电力投资集团有限公司（以下简称“公司”）发布公告。公司与安达公司签署合作协议。", home="绿园区")
    assert bearing(facts, "公司") == []


def test_a_body_by_its_second_name_in_brackets() -> None:
    facts = built("绿园区商务局（区投资促进局）召开会议，绿园区投资促进局介绍情况。区教育局（区体育局、区卫健局）参加。", home="绿园区")
    assert bearing(facts, "绿园区商务局") == bearing(facts, "区投资促进局") == bearing(facts, "绿园区投资促进局")
    assert bearing(facts, "区教育局") != bearing(facts, "区体育局")
