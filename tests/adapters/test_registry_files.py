"""The data that come with the product: the 62 commitments of the 2024 Policy Address as promised, and a label for every word."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from milestones.adapters.registry_files import load_registry, load_vocabulary
from milestones.domain.commitments import Commitment, DeadlineKind, Nature, Registry, Subject, Target
from milestones.domain.dates import Precision
from milestones.domain.errors import RegistryError
from milestones.domain.events import CONTEXT, EventType, Kind, State
from milestones.domain.status import Basis, Status
from milestones.domain.vocabulary import Vocabulary

CURRENT_TERM = ("by", "2024-10-16", "2027-06-30")
WITHIN_2025 = ("by", "2025-01-01", "2025-12-31")
FROM_2025 = ("from", "2025-01-01", "2025-12-31")

DEADLINES = {
    "IT-09/capacity": ("by", "2024-10-16", "2024-12-31"),
    "IT-14/trials-started": ("from", "2025-01-01", "2025-06-30"),
    "IT-20/bill": WITHIN_2025,
    "IT-25/bill": WITHIN_2025,
    "IT-25/certification": ("by", "2024-10-16", "2027-10-16"),
    "IP-01/proposal": WITHIN_2025,
    "IP-02/subsidiary-legislation": WITHIN_2025,
    "IP-03/consultation": WITHIN_2025,
    "IP-04/proposal": WITHIN_2025,
    "IP-05/service": WITHIN_2025,
    "IP-06/participation": WITHIN_2025,
    "IP-08/students": CURRENT_TERM,
    "IP-09/training": CURRENT_TERM,
    "IP-10/materials": WITHIN_2025,
    "IP-11/survey": WITHIN_2025,
    "IP-12/centre": FROM_2025,
    "IP-14/autonomy": ("by", "2030-01-01", "2030-12-31"),
    "IP-16/participants": CURRENT_TERM,
    "DE-02/phase-3": ("from", "2026-01-01", "2026-12-31"),
    "DE-04/bill": ("by", "2024-10-16", "2024-12-31"),
    "DE-06/otc-consultation": WITHIN_2025,
    "DE-07/statement": ("by", "2024-10-16", "2024-12-31"),
    "DE-10/pimap": FROM_2025,
    "DE-11/platform": WITHIN_2025,
}

COMPLETED_BY = {
    "IT-09/capacity": "target_met service_launched facility_opened progress_reported",
    "IT-14/trials-started": "trial_started licence_granted service_launched",
    "IT-20/bill": "bill_first_reading subsidiary_legislation_tabled",
    "IT-25/bill": "bill_first_reading",
    "IT-25/certification": "policy_published",
    "IP-01/proposal": "legislative_proposal policy_published",
    "IP-02/subsidiary-legislation": "subsidiary_legislation_tabled subsidiary_legislation_gazetted",
    "IP-03/consultation": "consultation_launched",
    "IP-04/proposal": "legislative_proposal bill_gazetted subsidiary_legislation_gazetted",
    "IP-05/service": "service_launched",
    "IP-06/participation": "agreement_signed service_launched",
    "IP-08/students": "target_met progress_reported",
    "IP-09/training": "target_met progress_reported",
    "IP-10/materials": "policy_published service_launched",
    "IP-11/survey": "study_completed",
    "IP-12/centre": "facility_opened service_launched",
    "IP-14/examiners": "target_met progress_reported",
    "IP-14/autonomy": "service_launched policy_published",
    "IP-16/participants": "target_met progress_reported",
    "DE-02/phase-3": "service_launched",
    "DE-04/bill": "bill_first_reading",
    "DE-04/ensemble": "",
    "DE-04/sandbox": "",
    "DE-05/grant-scheme": "scheme_launched applications_opened",
    "DE-05/mbridge": "",
    "DE-06/otc-consultation": "consultation_concluded",
    "DE-06/custodian-regime": "consultation_launched legislative_proposal",
    "DE-07/statement": "policy_published",
    "DE-10/pimap": "service_launched progress_reported",
    "DE-11/platform": "service_launched target_met progress_reported",
}

QUANTITIES = {
    "IT-09/capacity": (300, "petaFLOPS", "level"),
    "IP-08/students": (200000, "students", "cumulative"),
    "IP-09/training": (5000, "people", "cumulative"),
    "IP-14/examiners": (95, "examiners", "level"),
    "IP-16/participants": (10000, "participants", "cumulative"),
    "DE-11/platform": (10, "estates", "level"),
}

CONTINUING = "IT-07 IT-12 IT-16 IT-19 IP-07 IP-08 IP-09 IP-13 IP-15 IP-16 IP-17 IP-18 HM-06 HM-07 DE-01 DE-08 DE-09"

# Sentences of our own in the manner of the sources, and the subject that must be found in each by one of its names.
TOLD = [
    ("DE-04/stablecoins-bill", "The Stablecoins Bill was published in the Gazette."),
    ("DE-04/stablecoins-bill", "政府在憲報刊登《穩定幣條例草案》。"),
    ("DE-04/commencement-and-rules", "《〈穩定幣條例〉(生效日期)公告》今日刊憲。"),
    ("DE-04/ensemble", "The pilot, named EnsembleTX, will run through next year."),
    ("DE-02/enabling-bill", "《2025年進出口（修訂）條例草案》將於四月二日首讀。"),
    ("DE-06/dealing", "當局建議為數字資產交易服務提供者設立發牌制度。"),
    ("IT-25/hydrogen-bill", "The Gas Safety (Amendment) Bill 2025 will be introduced."),
    ("IT-25/hydrogen-bill", "《２０２５年氣體安全（修訂）條例草案》二讀。"),
    ("IT-15/drone-order", "《2025年小型無人機(修訂)令》於七月十八日生效。"),
    ("IP-02/library-rules", "The Copyright (Specified Libraries, Museums and Archives under Sections 47 to 53) Notice was gazetted."),
    ("IP-04/ip-litigation", "The Rules of the High Court (Amendment) (No. 2) Rules 2025 were gazetted."),
    ("IP-05/image-search", "知識產權署推出商標「智快搜」。"),
    ("IT-02/alliance", "香港新型工業發展聯盟今日成立。"),
    ("HM-02/cmpr", "香港藥物及醫療器械監督管理中心正式成立。"),
    ("DE-12/consultation-group", "律政司成立推動法律科技發展諮詢小組。"),
    ("DE-12/roundtables", "The report of the LexGoTech roundtable was released."),
    ("IT-12/laboratories", "The corporation will add wet laboratories."),
    ("IT-12/laboratories", "科技園公司增建共用實驗室。"),
    ("IT-15/dedicated-law", "Legislation on manned low-altitude flights is being drafted."),
    ("IT-15/dedicated-law", "政府正研究規管逾150公斤無人機的法例。"),
    ("IP-02/library-rules", "Eligible libraries, museums or archives may copy works."),
    ("DE-10/pimap", "房委會的「智築目」已用於五個項目。"),
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def targets(registry: Registry) -> Iterable[tuple[str, Target]]:
    return ((f"{c.short}/{t.slug}", t) for c in registry.commitments() for t in c.targets)


def test_there_are_62_commitments_in_document_order(registry: Registry) -> None:
    ids = [c.short for c in registry.commitments()]

    assert Counter(i[:2] for i in ids) == {"IT": 25, "IP": 18, "HM": 7, "DE": 12}
    assert ids[:2] + ids[25:26] + ids[43:44] + ids[-1:] == ["IT-01", "IT-02", "IP-01", "HM-01", "DE-12"]
    assert registry.documents[0].delivered_on == date(2024, 10, 16)
    assert len({c.section_en for c in registry.commitments()}) == len({c.section_zh for c in registry.commitments()}) == 4


def test_dated_targets_are_exactly_these(registry: Registry) -> None:
    found = {
        name: (t.deadline.kind.value, t.deadline.interval.first.isoformat(), t.deadline.interval.last.isoformat())
        for name, t in targets(registry)
        if t.deadline.interval
    }

    assert found == DEADLINES


def test_dated_targets_are_completed_by_exactly_these_kinds(registry: Registry) -> None:
    found = {name: [c.kind.value for c in t.completes] for name, t in targets(registry) if name in COMPLETED_BY}

    assert found == {name: kinds.split() for name, kinds in COMPLETED_BY.items()}


def test_quantities(registry: Registry) -> None:
    found = {name: (t.quantity.value, t.quantity.unit, t.quantity.basis) for name, t in targets(registry) if t.quantity}

    assert found == QUANTITIES


def test_natures(registry: Registry) -> None:
    def of(nature: Nature) -> str:
        return " ".join(c.short for c in registry.commitments() if all(t.nature is nature for t in c.targets))

    assert of(Nature.CONTINUING) == CONTINUING
    assert of(Nature.EXPLORATORY) == "IT-01 IT-18"


def test_only_the_ai_subsidy_scheme_was_there_before(registry: Registry) -> None:
    found = [(c.short, b.target, b.occurred_on) for c in registry.commitments() for b in c.baselines if b.fulfils]

    assert found == [("IT-10", "scheme", date(2024, 10, 7))]


def test_every_commitment_is_explained_in_both_languages_in_its_own_words(registry: Registry) -> None:
    everything = list(registry.commitments())
    english, chinese = {c.description_en for c in everything}, {c.description_zh for c in everything}

    assert len(english) == len(chinese) == 62
    assert [c.short for c in everything if not 80 <= len(c.description_en) <= 300 or not 25 <= len(c.description_zh) <= 120] == []
    assert [c.short for c in everything if c.title_en in c.description_en or not c.description_en.endswith(".")] == []
    assert [c.short for c in everything if not c.description_zh.endswith("。")] == []


def test_bullets_are_counted_under_each_heading(registry: Registry) -> None:
    under: dict[str, list[int | None]] = {}
    for commitment in registry.commitments():
        under.setdefault(commitment.heading_en, []).append(commitment.bullet)

    assert len(under) == 21
    assert [heading for heading, bullets in under.items() if bullets != list(range(1, len(bullets) + 1))] == []


def test_it_is_said_how_every_deadline_was_read(registry: Registry) -> None:
    assert [name for name, t in targets(registry) if bool(t.deadline.interval) is not bool(t.deadline.derived)] == []


def test_bureaux_are_those_that_the_document_prints(registry: Registry) -> None:
    several = {c.short: " ".join(c.bureaux) for c in registry.commitments() if len(c.bureaux) > 1}

    assert several == {
        **dict.fromkeys(("IT-13", "IT-15", "IT-16", "IT-17"), "DFSO TLB"),
        "IT-24": "TLB EEB",
        "IP-18": "CEDB CSTB",
        "DE-01": "CEDB ITIB",
        "DE-08": "CEDB TLB",
    }


def test_every_target_can_be_told_of(registry: Registry) -> None:
    mute = [f"{c.short}/{t.slug}" for c in registry.commitments() for t in c.targets if not any(s.target == t.slug for s in c.subjects)]

    assert mute == []


def test_what_a_by_deadline_hangs_on_can_be_told_to_be_late(registry: Registry) -> None:
    deaf = [
        f"{c.short}/{t.slug}"
        for c in registry.commitments()
        for t in c.targets
        if t.deadline.kind is DeadlineKind.BY and not any(s.target == t.slug and Kind.DELAYED in s.kinds for s in c.subjects)
    ]

    assert deaf == []


@pytest.mark.parametrize(("name", "sentence"), TOLD)
def test_subjects_are_named_in_the_words_of_the_sources(registry: Registry, name: str, sentence: str) -> None:
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    short, slug = name.split("/")

    named = [s.slug for s in registry.find(short).subjects if any(n.casefold() in folded for n in (*s.names_en, *s.names_zh))]

    assert slug in named


def test_a_bill_of_another_year_is_kept_apart(registry: Registry) -> None:
    bill = subject_of(registry.find("DE-02"), "enabling-bill")

    assert all("2023" not in name for name in (*bill.names_en, *bill.names_zh))
    assert "Import and Export (Amendment) Bill 2023" in bill.excludes_en
    assert "2023年進出口(修訂)條例草案" in bill.excludes_zh


def test_licences_under_the_stablecoins_law_are_context(registry: Registry) -> None:
    assert subject_of(registry.find("DE-04"), "issuer-licences").target == CONTEXT


def subject_of(commitment: Commitment, slug: str) -> Subject:
    return next(s for s in commitment.subjects if s.slug == slug)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "pa2031.toml").write_text("[document", encoding="utf-8")

    with pytest.raises(RegistryError, match=r"pa2031\.toml is no TOML file"):
        load_registry(tmp_path)


@pytest.mark.parametrize(
    ("enum", "section"),
    [
        (Status, "statuses"),
        (Basis, "bases"),
        (Kind, "kinds"),
        (State, "states"),
        (Nature, "natures"),
        (DeadlineKind, "deadlines"),
        (Precision, "precisions"),
        (EventType, "event_types"),
    ],
)
def test_every_word_has_a_label_in_both_languages(vocabulary: Vocabulary, enum: type[StrEnum], section: str) -> None:
    labels = getattr(vocabulary, section)

    assert set(labels) == set(enum)
    assert len({label.en for label in labels.values()}) == len({label.zh for label in labels.values()}) == len(enum)
    assert all(label.en and label.zh for label in labels.values())


def test_labels_accuse_nobody(vocabulary: Vocabulary) -> None:
    overdue = vocabulary.statuses[Status.OVERDUE]

    assert (overdue.of("en"), overdue.of("zh")) == ("Date passed; completion not found", "限期已過，未見完成紀錄")
    assert not [label for label in vocabulary.statuses.values() if "fail" in label.en.lower() or "失敗" in label.zh]


def test_every_bureau_and_unit_of_the_registry_has_a_name(registry: Registry, vocabulary: Vocabulary) -> None:
    assert {b for c in registry.commitments() for b in c.bureaux} < set(vocabulary.bureaux)
    assert {t.quantity.unit for _, t in targets(registry) if t.quantity} == set(vocabulary.units)


def test_a_missing_and_a_superfluous_label_are_refused(tmp_path: Path) -> None:
    packaged = Path(__file__).parents[2] / "milestones" / "data" / "vocabulary.toml"
    text = packaged.read_text(encoding="utf-8")

    for changed, message in [
        (text.replace("met_late = ", "met_latish = "), "vocabulary, status.met_latish: unknown"),
        (text.replace('happened = { en = "Took place", zh = "已發生" }', ""), "vocabulary, state.happened: is missing"),
        (text.replace('zh = "預定"', 'zh = ""'), "vocabulary, state.scheduled.zh: must be a text, not empty"),
    ]:
        (tmp_path / "vocabulary.toml").write_text(changed, encoding="utf-8")
        with pytest.raises(RegistryError, match=message.replace(".", r"\.")):
            load_vocabulary(tmp_path)
