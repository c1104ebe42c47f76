"""The 61 fields of a row of LegCo's bills database: what is read of each, and why the others are not.

A field that is not named here is new: it is no reason to refuse a bill, but the shape of the answer shows it.
"""

DAYS = (
    *("bill_gazette_date", "bill_gazette_date_2", "bill_gazette_date_3", "ordinance_gazette_date"),
    *("first_reading_date", "first_reading_date_2", "bills_committee_formation_date"),
    *("second_reading_date", "second_reading_date_2", "second_reading_date_3", "second_reading_date_4", "second_reading_date_5"),
    "third_reading_date",
)
"""Days of stages. `second_reading_date*` are sittings of the resumed debate: on the first reading day the second is only moved."""

KEY = "internal_key"
TITLES = ("bill_title_eng", "bill_title_chi")
REMARKS = ("remarks_eng", "remarks_chi")
TEXTS = (
    *("ordinance_title_eng", "ordinance_title_chi", "proposed_by_eng", "proposed_by_chi"),
    *("ordinance_year_number_eng", "ordinance_year_number_chi", "legco_brief_file_reference"),
    *("bills_committee_title_eng", "bills_committee_title_chi", "additional_information_eng", "additional_information_chi", *REMARKS),
)
"""Words kept beside the days. That a bill was withdrawn or has lapsed stands in the remarks, if anywhere: there is no field for it."""

BILL_TEXT = "bill_content_url_eng"
ADDRESSES = (
    *(BILL_TEXT, "bill_content_url_chi", "bill_content_url_2_eng", "bill_content_url_2_chi", "bill_content_url_3_eng", "bill_content_url_3_chi"),
    *("ordinace_gazette_content_url_eng", "ordinance_gazette_content_url_chi", "bills_committee_url_eng", "bills_committee_url_chi"),
    *("bills_committee_report_url_eng", "bills_committee_report_url_chi"),
)
"""Where the texts stand; `ordinace_` is the database's own spelling."""

_RECORD = "the official record of a sitting, whose address is added weeks later and would make every bill look changed"
_HANSARD = ("first_reading_date", "first_reading_date_2", *(d for d in DAYS if d.startswith(("second_", "third_"))))

IGNORED = {
    "ordinance_content_url_eng": "leads to the whole Ordinance as amended since, not to what this bill became",
    "ordinance_content_url_chi": "leads to the whole Ordinance as amended since, not to what this bill became",
    "legco_brief_url_eng": "a search in the library's old catalogue, at an address that answers no more",
    "legco_brief_url_chi": "a search in the library's old catalogue, at an address that answers no more",
    **{f"{day}_hansard_url_{language}": _RECORD for day in _HANSARD for language in ("eng", "chi")},
}
"""Fields that are not read, and why."""
