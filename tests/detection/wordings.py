"""Short texts in the wording of Hong Kong releases, written for these tests, with the events that they tell: an empty list is a trap.

They are about other commitments and other turns of phrase than the facsimiles, so that the rules are held to what they generalise to.
"""

from dataclasses import dataclass

Event = tuple[str, str, str, str | None]
"""Commitment, kind, state, day."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A release in short; `released` is its day."""

    name: str
    language: str
    released: str
    headline: str
    paragraphs: tuple[str, ...]
    events: tuple[Event, ...] = ()


def _w(name: str, language: str, released: str, headline: str, paragraphs: list[str], *events: Event) -> Wording:
    return Wording(name, language, released, headline, tuple(paragraphs), events)


H, S = "happened", "scheduled"

WORDINGS = (
    _w(
        "accelerator-open",
        "en",
        "2026-01-15",
        "Pilot I&T Accelerator Scheme opens for applications",
        [
            "The Innovation and Technology Commission announced today (January 15) that the Pilot I&T Accelerator Scheme is open for applications from tomorrow (January 16).",
            "The Scheme provides funding of up to $30 million for each institution on a matching basis. Applications will close on April 15.",
        ],
        ("IT-08", "applications_opened", S, "2026-01-16"),
    ),
    _w(
        "accelerator-open-zh",
        "zh",
        "2026-01-15",
        "創科加速器先導計劃接受申請",
        ["創新科技署今日（一月十五日）宣布推出創科加速器先導計劃，即日起接受申請。", "申請截止日期為四月十五日。"],
        ("IT-08", "scheme_launched", H, "2026-01-15"),
        ("IT-08", "applications_opened", H, "2026-01-15"),
    ),
    _w(
        "alliance",
        "en",
        "2025-09-03",
        "Hong Kong New Industrialisation Development Alliance established (with photos)",
        [
            "The Hong Kong New Industrialisation Development Alliance was officially established today (September 3). The Secretary for Innovation, Technology and Industry officiated at the ceremony."
        ],
        ("IT-02", "body_established", H, "2025-09-03"),
    ),
    _w(
        "alliance-zh",
        "zh",
        "2025-09-03",
        "香港新型工業化發展聯盟正式成立（附圖）",
        ["香港新型工業化發展聯盟今日（九月三日）舉行成立典禮，由創新科技及工業局局長孫東主禮。"],
        ("IT-02", "body_established", H, "2025-09-03"),
    ),
    _w(
        "alliance-plan",
        "en",
        "2025-02-03",
        "LCQ5: New industrialisation",
        [
            "Following is a question by the Hon Chan and a written reply by the Secretary for Innovation, Technology and Industry in the Legislative Council today (February 3):",
            "Reply:",
            "President,",
            "We are preparing for the establishment of the Hong Kong New Industrialisation Development Alliance and expect that it will be set up within this year.",
        ],
    ),
    _w(
        "sandbox-first",
        "en",
        "2025-03-20",
        "First batch of Low-altitude Economy Regulatory Sandbox pilot projects announced",
        [
            "The Government announced today (March 20) the list of the first batch of 38 pilot projects approved under the Low-altitude Economy Regulatory Sandbox.",
            "The pilot projects will commence progressively from the second quarter.",
        ],
        ("IT-14", "licence_granted", H, "2025-03-20"),
    ),
    _w(
        "sandbox-trial-zh",
        "zh",
        "2025-06-12",
        "首個低空經濟監管沙盒試點項目啟動",
        ["首個低空經濟監管沙盒試點項目今日（六月十二日）在數碼港正式啟動，運輸及物流局局長陳美寶主持啟動儀式。"],
        ("IT-14", "trial_started", H, "2025-06-12"),
    ),
    _w(
        "image-search",
        "en",
        "2025-12-10",
        "IPD launches AI-assisted image search service for trade marks",
        [
            "The Intellectual Property Department (IPD) launched today (December 10) an AI-assisted image search service in the Trade Marks Registry, enabling members of the public to search the database of trade marks by images."
        ],
        ("IP-05", "service_launched", H, "2025-12-10"),
    ),
    _w(
        "image-search-zh",
        "zh",
        "2025-12-10",
        "知識產權署推出人工智能輔助商標圖像搜尋服務",
        ["知識產權署今日（十二月十日）推出人工智能輔助商標圖像搜尋服務，方便公眾搜尋商標資料庫。"],
        ("IP-05", "service_launched", H, "2025-12-10"),
    ),
    _w(
        "image-search-plan",
        "en",
        "2025-05-10",
        "IPD briefs trade on new services",
        [
            "The Intellectual Property Department said today (May 10) that it aims to launch the AI-assisted image search service at the Trade Marks Registry by the end of this year."
        ],
    ),
    _w(
        "tabling-plan",
        "en",
        "2025-05-28",
        "LCQ3: Copyright exceptions",
        [
            "Following is a question by the Hon Lee and a written reply by the Secretary for Commerce and Economic Development in the Legislative Council today (May 28):",
            "Reply:",
            "President,",
            "We plan to table the subsidiary legislation under the Copyright Ordinance on libraries, museums and archives in the Legislative Council in the second half of this year.",
        ],
    ),
    _w(
        "ai-copyright",
        "en",
        "2025-12-16",
        "Government puts forward legislative proposal on copyright and artificial intelligence",
        [
            "The Commerce and Economic Development Bureau today (December 16) put forward a legislative proposal to amend the Copyright Ordinance to introduce a text and data mining exception.",
            "The Bureau will consult the Panel on Commerce, Industry, Innovation and Technology in January.",
        ],
        ("IP-01", "legislative_proposal", H, "2025-12-16"),
    ),
    _w(
        "ip-litigation",
        "zh",
        "2025-11-18",
        "政府就高等法院知識產權訴訟程序提出立法建議",
        ["商務及經濟發展局今日（十一月十八日）向立法會工商、創新及科技事務委員會提交文件，建議修訂法例以簡化高等法院知識產權訴訟程序。"],
        ("IP-04", "legislative_proposal", H, "2025-11-18"),
    ),
    _w(
        "lex-judgments-talks",
        "en",
        "2025-03-05",
        "SCED meets WIPO Director General (with photos)",
        [
            "The Secretary for Commerce and Economic Development met with the Director General of WIPO in Geneva today (March 4, Geneva time) and discussed Hong Kong's participation in the WIPO Lex-Judgments database."
        ],
    ),
    _w(
        "tisc",
        "zh",
        "2025-12-09",
        "技術與創新支持中心正式開幕",
        ["香港生產力促進局轄下的技術與創新支持中心今日（十二月九日）正式開幕，為本地創科企業提供專利檢索和分析服務。"],
        ("IP-12", "facility_opened", H, "2025-12-09"),
    ),
    _w(
        "real-world",
        "en",
        "2025-11-27",
        "Health Bureau establishes Real-World Study and Application Centre",
        [
            "The Health Bureau announced today (November 27) the establishment of the Real-World Study and Application Centre in the Hetao Co-operation Zone."
        ],
        ("HM-05", "body_established", H, "2025-11-27"),
    ),
    _w(
        "platform-gba",
        "en",
        "2025-12-30",
        "GBA Clinical Trial Collaboration Platform officially launched",
        [
            "The Greater Bay Area Clinical Trial Collaboration Platform jointly established by the two institutions was officially launched today (December 30)."
        ],
        ("HM-04", "service_launched", H, "2025-12-30"),
    ),
    _w(
        "one-plus-drug",
        "en",
        "2025-10-31",
        'Another new drug approved under "1+" mechanism',
        [
            'The Department of Health announced today (October 31) that a new drug for kidney disease has been approved for registration under the "1+" mechanism.',
            "It is the fifteenth new drug approved since the mechanism took effect on November 1, 2023.",
        ],
        ("HM-01", "licence_granted", H, "2025-10-31"),
    ),
    _w(
        "one-plus-drug-zh",
        "zh",
        "2024-12-16",
        "再有兩款新藥循「1+」機制獲批註冊",
        ["衞生署今日（十二月十六日）表示，再有兩款治療肺癌的新藥根據「1+」機制獲批准註冊。"],
        ("HM-01", "licence_granted", H, "2024-12-16"),
    ),
    _w(
        "cmpr-established",
        "en",
        "2026-12-21",
        "Hong Kong Centre for Medical Products Regulation established today",
        ["The Hong Kong Centre for Medical Products Regulation was formally established today (December 21) under the Department of Health."],
        ("HM-02", "body_established", H, "2026-12-21"),
    ),
    _w(
        "device-consult",
        "zh",
        "2026-03-02",
        "政府就醫療儀器法定規管展開公眾諮詢",
        ["醫務衞生局今日（三月二日）就醫療儀器的法定規管框架展開為期兩個月的公眾諮詢。"],
        ("HM-03", "consultation_launched", H, "2026-03-02"),
    ),
    _w(
        "stablecoin-third-reading",
        "zh",
        "2025-05-21",
        "立法會三讀通過《穩定幣條例草案》",
        ["《穩定幣條例草案》今日（五月二十一日）獲立法會三讀通過。"],
        ("DE-04", "bill_passed", H, "2025-05-21"),
    ),
    _w(
        "stablecoin-gazette-friday",
        "en",
        "2024-12-04",
        "Stablecoins Bill to be gazetted on Friday",
        [
            "The Government announced today (December 4) that the Stablecoins Bill will be published in the Gazette on Friday (December 6) and introduced into the Legislative Council for First Reading on December 18."
        ],
        ("DE-04", "bill_gazetted", S, "2024-12-06"),
        ("DE-04", "bill_first_reading", S, "2024-12-18"),
    ),
    _w(
        "stablecoin-speech",
        "en",
        "2024-12-18",
        "LC: Speech by SFST in moving second reading of Stablecoins Bill (English translation)",
        [
            "Following is the translation of the speech by the Secretary for Financial Services and the Treasury in moving the second reading of the Stablecoins Bill in the Legislative Council today (December 18):",
            "President,",
            "I move that the Stablecoins Bill be read the second time.",
        ],
        ("DE-04", "bill_first_reading", H, "2024-12-18"),
    ),
    _w(
        "stablecoin-resume-speech",
        "zh",
        "2025-05-21",
        "立法會：財經事務及庫務局局長恢復二讀辯論《穩定幣條例草案》發言全文（只有中文）",
        ["以下是財經事務及庫務局局長許正宇今日（五月二十一日）在立法會會議上恢復二讀辯論《穩定幣條例草案》的發言全文："],
        ("DE-04", "bill_second_reading_resumed", H, "2025-05-21"),
    ),
    _w(
        "gas-bill-gazette",
        "zh",
        "2025-04-03",
        "《2025年氣體安全（修訂）條例草案》將於四月十一日刊憲",
        ["政府發言人今日（四月三日）表示，《2025年氣體安全（修訂）條例草案》將於四月十一日（星期五）刊憲，並於四月三十日提交立法會首讀。"],
        ("IT-25", "bill_gazetted", S, "2025-04-11"),
        ("IT-25", "bill_first_reading", S, "2025-04-30"),
    ),
    _w(
        "gas-bill-pass",
        "en",
        "2025-07-17",
        "Government welcomes passage of Gas Safety (Amendment) Bill 2025",
        [
            "The Government welcomed the passage of the Gas Safety (Amendment) Bill 2025 by the Legislative Council yesterday (July 16). The Amendment Ordinance will be gazetted on July 25."
        ],
        ("IT-25", "bill_passed", H, "2025-07-16"),
        ("IT-25", "ordinance_gazetted", S, "2025-07-25"),
    ),
    _w(
        "gas-other-bill",
        "en",
        "2025-07-14",
        "LegCo to consider Gas Safety (Miscellaneous Provisions) Bill 2025",
        [
            "The Legislative Council will hold a meeting on Wednesday (July 16) at 11am. The Second Reading debate on the Gas Safety (Miscellaneous Provisions) Bill 2025 will resume."
        ],
    ),
    _w(
        "certification",
        "en",
        "2027-03-01",
        "Government announces hydrogen certification framework",
        ["The Environment and Ecology Bureau today (March 1) published the hydrogen certification framework for Hong Kong."],
        ("IT-25", "policy_published", H, "2027-03-01"),
    ),
    _w(
        "saf-target",
        "en",
        "2025-10-20",
        "Sustainable aviation fuel target announced",
        [
            "The Transport and Logistics Bureau announced today (October 20) the sustainable aviation fuel consumption target of one to two per cent by 2030 for flights departing from Hong Kong."
        ],
        ("IT-24", "policy_published", H, "2025-10-20"),
    ),
    _w(
        "e-taxi",
        "zh",
        "2024-12-18",
        "電動的士資助計劃推出",
        ["環境保護署今日（十二月十八日）在新能源運輸基金下推出電動的士資助計劃，預留資助額予三千輛電動的士。"],
        ("IT-22", "scheme_launched", H, "2024-12-18"),
    ),
    _w(
        "hydrogen-truck-scheme",
        "en",
        "2025-06-03",
        "Subsidy Scheme for Trials of Hydrogen Fuel Cell Heavy Vehicles open for application",
        [
            "The Environmental Protection Department announced that the Subsidy Scheme for Trials of Hydrogen Fuel Cell Heavy Vehicles under the New Energy Transport Fund opens for applications today (June 3)."
        ],
        ("IT-22", "applications_opened", H, "2025-06-03"),
    ),
    _w(
        "sim-first-reading",
        "en",
        "2026-05-11",
        "LegCo to consider Telecommunications (Registration of SIM Cards) (Amendment) Regulation",
        [
            "The Legislative Council will hold a meeting on Wednesday (May 13) at 11am. The Telecommunications (Registration of SIM Cards) (Amendment) Regulation 2026 will be tabled at the meeting."
        ],
        ("IT-20", "subsidiary_legislation_tabled", S, "2026-05-13"),
    ),
    _w(
        "spectrum-6g",
        "en",
        "2025-11-20",
        "Consultation on spectrum in 6/7 GHz band for mobile services launched",
        [
            "The Office of the Communications Authority launched a public consultation today (November 20) on the proposed allocation of spectrum in the 6/7 GHz band for mobile services."
        ],
        ("IT-19", "consultation_launched", H, "2025-11-20"),
    ),
    _w(
        "spectrum-auction",
        "zh",
        "2024-11-13",
        "頻譜拍賣完成",
        ["通訊事務管理局辦公室今日（十一月十三日）公布，6/7吉赫頻帶頻譜拍賣已完成，三間流動網絡營辦商成功投得頻譜。"],
    ),
    _w(
        "tsw-phase3",
        "en",
        "2026-03-30",
        "First batch of services under Phase 3 of Trade Single Window launched",
        ["The Customs and Excise Department today (March 30) launched the first batch of services under Phase 3 of the Trade Single Window."],
        ("DE-02", "service_launched", H, "2026-03-30"),
    ),
    _w(
        "tsw-phase3-zh",
        "zh",
        "2026-03-30",
        "「貿易單一窗口」第三期首批服務推出",
        ["香港海關今日（三月三十日）推出「貿易單一窗口」第三期首批服務。"],
        ("DE-02", "service_launched", H, "2026-03-30"),
    ),
    _w(
        "lawtech-group",
        "en",
        "2025-01-24",
        "DoJ sets up Consultation Group on LawTech Development",
        [
            "The Department of Justice (DoJ) announced today (January 24) the setting up of the Consultation Group on LawTech Development. Members have been appointed for a term of two years from February 1."
        ],
        ("DE-12", "body_established", H, "2025-01-24"),
    ),
    _w(
        "estate-platform",
        "en",
        "2025-12-22",
        "HA completes rollout of Centralised Estate Management Platform in 10 estates",
        [
            "The Hong Kong Housing Authority announced today (December 22) that the Centralised Estate Management Platform had been launched in all of the 10 chosen public housing estates."
        ],
        ("DE-11", "service_launched", H, "2025-12-22"),
    ),
    _w(
        "digital-trade-fta",
        "en",
        "2025-06-02",
        "Hong Kong signs trade agreement (with photos)",
        [
            "The Secretary for Commerce and Economic Development signed a digital economy agreement with his counterpart in Jeju, Korea, yesterday (June 1)."
        ],
        ("DE-01", "agreement_signed", H, "2025-06-01"),
    ),
    _w(
        "design-consult-end",
        "en",
        "2026-09-10",
        "Government releases consultation conclusions on registered designs regime",
        ["The Government today (September 10) published the consultation conclusions on the review of the registered designs regime."],
        ("IP-03", "consultation_concluded", H, "2026-09-10"),
    ),
    _w(
        "ip-teaching",
        "en",
        "2025-12-18",
        "Teaching materials on intellectual property launched",
        [
            "The Intellectual Property Department and the Qualifications Framework Secretariat today (December 18) launched the IP teaching materials for training providers of 23 industries."
        ],
        ("IP-10", "service_launched", H, "2025-12-18"),
    ),
    _w(
        "bip-asia",
        "zh",
        "2025-12-04",
        "第十五屆亞洲知識產權營商論壇開幕",
        ["第十五屆亞洲知識產權營商論壇今日（十二月四日）開幕，吸引逾三千名來自四十個國家及地區的人士參加。"],
    ),
    _w(
        "mbridge",
        "en",
        "2025-06-18",
        "HKMA speech on payments",
        [
            "Following is the speech by the Deputy Chief Executive of the HKMA today (June 18):",
            "mBridge reached the minimum viable product stage in June last year, and we hope to bring more participants on board.",
        ],
    ),
    _w(
        "uk-stablecoin",
        "en",
        "2025-09-15",
        "SFST visits London",
        [
            "The Secretary met officials of HM Treasury in London today (September 15, London time). The United Kingdom published draft legislation on stablecoins on April 29."
        ],
    ),
    _w("us-stablecoin-zh", "zh", "2025-07-21", "財經事務及庫務局局長網誌", ["美國於七月十八日簽署穩定幣法案。"]),
    _w(
        "scam",
        "zh",
        "2025-09-02",
        "金管局提醒市民慎防偽冒網站",
        ["金管局今日（九月二日）提醒市民，有偽冒網站訛稱金管局已於九月一日批出穩定幣發行人牌照。"],
    ),
    _w(
        "denied",
        "en",
        "2025-11-05",
        "Response to media enquiries",
        [
            "In response to media enquiries, a spokesman for the HKMA said today (November 5) that the HKMA has not granted any stablecoin issuer licence so far."
        ],
    ),
    _w(
        "conditional",
        "en",
        "2026-02-04",
        "HKMA on stablecoin licensing",
        ["If the assessment is completed in time, the first stablecoin issuer licences will be granted in March, the HKMA said today (February 4)."],
    ),
    _w(
        "private-trial",
        "en",
        "2025-05-06",
        "Company conducts drone trial",
        ["A logistics company launched a low-altitude trial of parcel delivery under its own brand today (May 6)."],
    ),
    _w(
        "itif-managers",
        "en",
        "2026-07-02",
        "Fund managers selected under I&T Industry-Oriented Fund",
        [
            "The Innovation and Technology Commission announced today (July 2) that five fund managers have been selected under the I&T Industry-Oriented Fund."
        ],
        ("IT-05", "funding_awarded", H, "2026-07-02"),
    ),
    _w(
        "fund-approved",
        "en",
        "2025-05-16",
        "FC approves funding for Microelectronics institute",
        [
            "The Finance Committee of the Legislative Council today (May 16) approved funding of $2.8 billion for the Hong Kong Microelectronics Research and Development Institute."
        ],
        ("IT-11", "funding_approved", H, "2025-05-16"),
    ),
    _w(
        "rmgs-zh",
        "zh",
        "2025-04-24",
        "新一輪研究配對補助金計劃五月一日展開",
        ["大學教育資助委員會今日（四月二十四日）公布，總額十五億元的新一輪研究配對補助金計劃將於五月一日展開。"],
        ("IT-04", "scheme_launched", S, "2025-05-01"),
    ),
    _w(
        "supercomputing-zh",
        "zh",
        "2024-12-09",
        "數碼港人工智能超算中心啟用",
        ["數碼港人工智能超算中心今日（十二月九日）正式啟用，首階段算力達1 300 PFLOPS。"],
        ("IT-09", "facility_opened", H, "2024-12-09"),
    ),
    _w(
        "delay-hydrogen",
        "en",
        "2025-11-12",
        "LCQ9: Certification of hydrogen",
        [
            "Following is a question by the Hon Wong and a written reply by the Secretary for Environment and Ecology in the Legislative Council today (November 12):",
            "Reply:",
            "President,",
            "The formulation of the hydrogen certification framework has been delayed, and the work is now expected to finish in 2028 instead of 2027.",
        ],
        ("IT-25", "delayed", H, "2025-11-12"),
    ),
    _w(
        "withdrawn",
        "en",
        "2026-06-10",
        "Government withdraws bill",
        ["The Government announced today (June 10) that the Gas Safety (Amendment) Bill 2025 was withdrawn."],
        ("IT-25", "bill_withdrawn", H, "2026-06-10"),
    ),
    _w(
        "question-only",
        "en",
        "2026-01-21",
        "LCQ8: Stablecoins",
        [
            "Following is a question by the Hon Ng and a written reply by the Secretary for Financial Services and the Treasury in the Legislative Council today (January 21):",
            "Question:",
            "It has been reported that the HKMA granted stablecoin issuer licences to three banks on January 15. Will the Government inform this Council of the details?",
            "Reply:",
            "President,",
            "The HKMA is processing the applications.",
        ],
    ),
    _w(
        "notice-zh-many",
        "zh",
        "2025-07-14",
        "立法會將審議《2025年道路交通法例（雜項修訂）條例草案》",
        [
            "立法會將於星期三（七月十六日）上午十一時在立法會綜合大樓會議廳舉行會議。會議上，《2025年道路交通法例（雜項修訂）條例草案》、《2025年氣體安全（修訂）條例草案》和《2025年銀行業（修訂）條例草案》將恢復二讀辯論。",
            "《基本房屋單位條例草案》將提交立法會作首讀和二讀。",
        ],
        ("IT-25", "bill_second_reading_resumed", S, "2025-07-16"),
    ),
    _w(
        "notice-tomorrow",
        "en",
        "2025-04-01",
        "Import and Export (Amendment) Bill 2025 to be introduced into LegCo for First Reading and Second Reading",
        [
            "The Legislative Council (LegCo) will hold a meeting tomorrow (April 2) at 11am in the Chamber of the LegCo Complex.",
            "During the meeting, the Import and Export (Amendment) Bill 2025 will be introduced into the Council for First Reading and Second Reading. The debate on the motion for Second Reading will be adjourned.",
        ],
        ("DE-02", "bill_first_reading", S, "2025-04-02"),
    ),
    _w(
        "notice-namesake-first",
        "en",
        "2025-05-19",
        "LegCo to consider Stablecoins Bill",
        [
            "The Legislative Council (LegCo) will hold a meeting on Wednesday (May 21) at 11am. During the meeting, the Second Reading debate on the Stablecoins Bill will resume. If the Bill is supported by Members and receives its Second Reading, it will stand committed to the committee of the whole Council. After the committee of the whole Council has considered the Bill and its report is adopted by the Council, the Bill will be set down for the Third Reading."
        ],
        ("DE-04", "bill_second_reading_resumed", S, "2025-05-21"),
    ),
    _w(
        "sua-negative-vetting",
        "en",
        "2025-07-18",
        "Small Unmanned Aircraft (Amendment) Order 2025 comes into operation today",
        ["The Small Unmanned Aircraft (Amendment) Order 2025 comes into operation today (July 18)."],
        ("IT-15", "ordinance_commenced", H, "2025-07-18"),
    ),
    _w(
        "copyright-in-force-zh",
        "zh",
        "2025-12-30",
        "兩項版權附屬法例一月一日生效",
        ["商務及經濟發展局提醒公眾，《版權（圖書館、博物館及檔案室－製作複製品的訂明條件）規例》將於明年一月一日起生效。"],
        ("IP-02", "ordinance_commenced", S, "2026-01-01"),
    ),
    _w(
        "stablecoin-commence-day",
        "zh",
        "2025-08-01",
        "穩定幣發行人監管制度今日實施",
        ["香港金融管理局表示，《穩定幣條例》今日（八月一日）起生效，金管局即日起接受穩定幣發行人的牌照申請。"],
        ("DE-04", "ordinance_commenced", H, "2025-08-01"),
        ("DE-04", "applications_opened", H, "2025-08-01"),
    ),
    _w(
        "hkma-consult",
        "en",
        "2025-05-26",
        "HKMA launches consultation on guidelines for stablecoin issuers",
        [
            "The Hong Kong Monetary Authority (HKMA) launched today (May 26) a market consultation on the draft Guideline on Supervision of Licensed Stablecoin Issuers. The consultation will close on June 30."
        ],
        ("DE-04", "consultation_launched", H, "2025-05-26"),
    ),
    _w(
        "licence-plan",
        "en",
        "2026-01-26",
        "Speech by FS in Davos",
        [
            "Following is the speech by the Financial Secretary today (January 26):",
            "We have received 36 applications for stablecoin issuer licences. We expect to issue the first batch later this quarter.",
        ],
    ),
    _w(
        "custody-conclusion-zh",
        "zh",
        "2025-12-24",
        "財庫局和證監會發表虛擬資產交易及託管服務諮詢總結",
        ["財經事務及庫務局和證券及期貨事務監察委員會今日（十二月二十四日）發表有關規管虛擬資產交易及託管服務的諮詢總結。"],
        ("DE-06", "consultation_concluded", H, "2025-12-24"),
    ),
    _w(
        "ai-policy-later",
        "en",
        "2025-03-12",
        "LCQ12: Artificial intelligence in finance",
        [
            "Following is a question by the Hon Wu and a written reply by the Secretary for Financial Services and the Treasury in the Legislative Council today (March 12):",
            "Question:",
            "What is the progress?",
            "Reply:",
            "President,",
            "The Government issued the policy statement on responsible application of artificial intelligence in the financial market on October 28, 2024.",
        ],
        ("DE-07", "policy_published", H, "2024-10-28"),
    ),
    _w(
        "cargox-plan",
        "en",
        "2025-11-03",
        "HKMA at FinTech Week",
        [
            "The HKMA announced today (November 3) its Fintech 2030 strategy. Under the strategy, the HKMA will publish the report of the Expert Panel for Project Cargox in the first quarter of 2026."
        ],
    ),
    _w(
        "pimap-use-zh",
        "zh",
        "2025-02-20",
        "房委會在新建公屋項目應用項目信息管理和分析平台",
        ["房屋委員會今日（二月二十日）宣布，項目信息管理和分析平台已在五個新建公屋項目啟用。"],
        ("DE-10", "service_launched", H, "2025-02-20"),
    ),
    _w(
        "hkecic",
        "zh",
        "2025-09-08",
        "信保局推出電子商貿融資支援計劃",
        ["香港出口信用保險局今日（九月八日）與三家銀行簽署合作協議，加強支援跨境電商融資。"],
        ("DE-09", "agreement_signed", H, "2025-09-08"),
    ),
    _w(
        "cross-boundary-route",
        "zh",
        "2026-04-15",
        "首條低空跨境載貨航線開通",
        ["首條香港與深圳之間的低空跨境無人機載貨航線今日（四月十五日）正式開通。"],
        ("IT-16", "service_launched", H, "2026-04-15"),
    ),
    _w(
        "low-altitude-study",
        "en",
        "2025-08-04",
        "Consultancy study on low-altitude infrastructure commences",
        ["The Civil Aviation Department today (August 4) commissioned a consultancy study on low-altitude infrastructure and traffic management."],
        ("IT-17", "study_commissioned", H, "2025-08-04"),
    ),
    _w(
        "leo-study",
        "en",
        "2025-12-01",
        "OFCA streamlines licensing of LEO satellites",
        [
            "The Office of the Communications Authority announced today (December 1) that it had completed the study on streamlining the vetting of licence applications for low Earth orbit satellites."
        ],
        ("IT-18", "study_completed", H, "2025-12-01"),
    ),
    _w(
        "change8",
        "en",
        "2025-01-15",
        "InnoHK centre for Chang'E-8 mission established",
        [
            "The Hong Kong Space Robotics and Energy Centre, set up under InnoHK to take part in the Chang'E-8 mission, was officially opened today (January 15)."
        ],
        ("IT-21", "facility_opened", H, "2025-01-15"),
    ),
    _w(
        "green-demo",
        "zh",
        "2025-06-30",
        "環保署邀請機構在已修復堆填區開展綠色科技示範項目",
        ["環境保護署今日（六月三十日）邀請企業就在已修復堆填區開展綠色科技示範項目提交建議書。"],
        ("IT-23", "applications_opened", H, "2025-06-30"),
    ),
    _w(
        "ip-examiner",
        "en",
        "2026-03-11",
        "LCQ7: Original grant patent system",
        [
            "Following is a question by the Hon Lau and a written reply by the Secretary for Commerce and Economic Development in the Legislative Council today (March 11):",
            "Reply:",
            "President,",
            "The number of patent examiners has increased to 101 so far.",
        ],
    ),
    _w(
        "madrid",
        "en",
        "2026-06-29",
        "Madrid Protocol to be implemented in Hong Kong",
        [
            "The international trade mark registration system under the Madrid Protocol will be implemented in Hong Kong on July 20, the Government announced today (June 29)."
        ],
        ("IP-07", "service_launched", S, "2026-07-20"),
    ),
    _w(
        "patent-agents-consult",
        "zh",
        "2026-02-10",
        "知識產權署就規管本地專利代理服務展開諮詢",
        ["知識產權署今日（二月十日）就本地專利代理服務的規管安排展開公眾諮詢，為期兩個月。"],
        ("IP-13", "consultation_launched", H, "2026-02-10"),
    ),
    _w(
        "survey-plan",
        "en",
        "2025-05-02",
        "IPD conducts survey",
        [
            "The Intellectual Property Department announced today (May 2) that the survey on intellectual property professional and business services would be conducted from May to October."
        ],
    ),
    _w(
        "real-world-zh",
        "zh",
        "2025-11-28",
        "真實世界研究及應用中心成立",
        ["醫務衞生局局長盧寵茂今日（十一月二十八日）出席真實世界研究及應用中心成立典禮。"],
        ("HM-05", "body_established", H, "2025-11-28"),
    ),
    _w(
        "postponed",
        "zh",
        "2025-11-26",
        "立法會七題：貿易單一窗口",
        [
            "以下是今日（十一月二十六日）在立法會會議上何議員的提問和商務及經濟發展局局長的答覆：",
            "答覆：",
            "主席：",
            "「貿易單一窗口」第三期首批服務原訂於二○二六年首季推出，現時預計推遲至二○二六年第四季。",
        ],
        ("DE-02", "delayed", H, "2025-11-26"),
    ),
    _w(
        "attended-conf",
        "en",
        "2025-11-19",
        "S for Health attends conference on 1+ mechanism",
        ['The Secretary for Health attended a seminar on the "1+" mechanism for new drugs held by an industry association today (November 19).'],
    ),
    _w(
        "old-story",
        "en",
        "2025-09-17",
        "Policy Address: promoting fintech",
        ["The Chief Executive delivered his Policy Address today (September 17). The Stablecoins Ordinance took effect on August 1."],
        ("DE-04", "ordinance_commenced", H, "2025-08-01"),
    ),
)
