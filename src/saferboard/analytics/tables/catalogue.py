"""Every table of the lake. A source may fill several; a measure reads them through the lake."""

from __future__ import annotations

from saferboard.analytics.tables.column import Column, LakeTable

_AREA = (
    Column(
        "area_kind", "text", "authority, csp, force, ward, lsoa11, lsoa21, other", required=True
    ),
    Column("area_code", "text", "GSS code; null where the publisher gives none that is known"),
    Column("area_name", "text", "The publisher's name of the area, trimmed"),
)

RECORDED_OFFENCES = LakeTable(
    "recorded_offences",
    "Offences or outcomes counted by month and area, one row per label of the publisher. "
    "A combination without a row is zero within the months that the load covers.",
    (
        Column("unit", "text", "The force whose records these are (metropolitan)", required=True),
        *_AREA,
        Column(
            "area_edition", "text", "Year of the census of LSOAs; that of wards is in the look-ups"
        ),
        Column("within", "text", "Code of the authority that the area lies in"),
        Column("month", "date", "First day of the month", required=True),
        Column("counted", "text", "offences or positive-outcomes", required=True),
        Column("offence", "text", "Our offence key; null where the label is not known"),
        Column("major", "text", "The publisher's group label, as printed"),
        Column("minor", "text", "The publisher's label, as printed"),
        Column("count", "whole", "How many", required=True, not_negative=True),
    ),
)

STREET_CRIMES = LakeTable(
    "street_crimes",
    "One row per crime or incident of data.police.uk. Exact repeats are legitimate.",
    (
        Column("crime_id", "text", "Null for anti-social behaviour and British Transport Police"),
        Column("month", "date", "First day of the month", required=True),
        Column("unit", "text", "The reporting force, as in the file's name", required=True),
        Column("reported_by", "text", "Reporting force, as printed"),
        Column("falls_within", "text", "Force whose area it is, as printed"),
        Column("longitude", "decimal", "WGS84, snapped to a map point"),
        Column("latitude", "decimal", "WGS84, snapped to a map point"),
        Column("location", "text", "On or near …"),
        Column("lsoa_code", "text", "2011 codes before early 2023, 2021 codes after"),
        Column("lsoa_name", "text", "Authority's name, then a number and letter"),
        Column("crime_type", "text", "Our offence key; null where the category is not known"),
        Column("crime_label", "text", "The publisher's category, as printed"),
        Column("last_outcome", "text", "As printed"),
    ),
    partition=("unit", "year"),
)

STREET_OUTCOMES = LakeTable(
    "street_outcomes",
    "Events: the outcomes of crimes on data.police.uk. One crime comes again and again.",
    (
        Column("crime_id", "text", "Crime that the outcome belongs to"),
        Column("month", "date", "First day of the month of the outcome", required=True),
        Column("unit", "text", "The reporting force, as in the file's name", required=True),
        Column("reported_by", "text", "Reporting force, as printed"),
        Column("falls_within", "text", "Force whose area it is, as printed"),
        Column("longitude", "decimal", "WGS84, snapped to a map point"),
        Column("latitude", "decimal", "WGS84, snapped to a map point"),
        Column("location", "text", "On or near …"),
        Column("lsoa_code", "text", "2011 or 2021 code"),
        Column("lsoa_name", "text", "Authority's name, then a number and letter"),
        Column("outcome", "text", "As printed", required=True),
        Column("positive", "truth", "Whether it is a positive outcome (our list)"),
    ),
    partition=("unit", "year"),
)

STOP_SEARCHES = LakeTable(
    "stop_searches",
    "One row per stop and search of data.police.uk.",
    (
        Column("month", "date", "First day of the month of the file", required=True),
        Column("unit", "text", "The force, as in the file's name", required=True),
        Column("at", "timestamp", "When, in UTC", required=True),
        Column("local_date", "date", "The day in Europe/London", required=True),
        Column("type", "text", "Person search, Vehicle search, …"),
        Column("operation", "text", "Name of the operation, if any"),
        Column("longitude", "decimal", "WGS84; null for about one stop in six"),
        Column("latitude", "decimal", "WGS84"),
        Column("gender", "text", "As printed"),
        Column("age_range", "text", "As printed"),
        Column("ethnicity_self", "text", "Self-defined, our eighteen groups or Not stated"),
        Column("ethnicity_officer", "text", "Officer-defined, as printed"),
        Column("legislation", "text", "As printed"),
        Column("object", "text", "Object of search"),
        Column("outcome", "text", "Outcome in today's words"),
        Column("outcome_label", "text", "Outcome as printed"),
        Column("linked", "truth", "Whether the outcome is linked to the object; often null"),
        Column("stripped", "truth", "Removal of more than outer clothing"),
    ),
    partition=("unit", "year"),
)

PUBLISHED_COUNTS = LakeTable(
    "published_counts",
    "Counts for spans other than one month, or with breakdowns: ONS tables by Community "
    "Safety Partnership, Home Office quarters, fire incidents, custody, homicide.",
    (
        Column("unit", "text", "The force or body whose records these are", required=True),
        *_AREA,
        Column("within", "text", "Code of the authority that a ward lies in"),
        Column("period_from", "date", "First day", required=True),
        Column("period_to", "date", "Last day", required=True),
        Column("topic", "text", "What is counted: offences, outcomes, incidents, …", required=True),
        Column("offence", "text", "Our offence key; null where there is none"),
        Column("major", "text", "The publisher's group, as printed"),
        Column("minor", "text", "The publisher's label, as printed"),
        Column("breakdown", "text", "Further dimensions as `name=value; name=value`"),
        Column("count", "decimal", "How many; may be negative where the publisher corrects"),
        Column("rate", "decimal", "The publisher's own rate, if any"),
        Column("per", "whole", "Base of the publisher's rate (1000)"),
        Column("of", "text", "What the base counts: residents, households"),
        Column("note", "text", "The publisher's remark on the cell, such as [x]"),
    ),
)

DENOMINATORS = LakeTable(
    "denominators",
    "Populations, households and homes by area and year.",
    (
        *_AREA,
        Column("year", "whole", "The year of the mid-year or census day", required=True),
        Column("of", "text", "residents, residents-10-17, households, dwellings", required=True),
        Column("breakdown", "text", "sex=…; age=…; ethnicity=…; empty for the whole"),
        Column("value", "decimal", "How many", required=True, not_negative=True),
        Column("basis", "text", "mid-year estimate, census, projection"),
    ),
)

AREAS = LakeTable(
    "areas",
    "Names and codes of areas, by edition.",
    (
        Column("code", "text", "GSS code", required=True),
        Column("name", "text", "Name, trimmed", required=True),
        Column("kind", "text", "As Area.kind", required=True),
        Column("edition", "text", "Year of the register"),
        Column("within", "text", "Code of the authority that it lies in"),
    ),
)

AREA_LINKS = LakeTable(
    "area_links",
    "Which area lies in which: many to many, never to be joined to populations.",
    (
        Column("from_code", "text", "The smaller or older area", required=True),
        Column("from_kind", "text", "As Area.kind", required=True),
        Column("to_code", "text", "The larger or newer area", required=True),
        Column("to_kind", "text", "As Area.kind", required=True),
        Column("edition", "text", "Year of the look-up"),
        Column("fit", "text", "exact, best, or one of many"),
    ),
)

DEPRIVATION = LakeTable(
    "deprivation",
    "English indices of deprivation by LSOA.",
    (
        Column("area_code", "text", "LSOA code", required=True),
        Column("area_kind", "text", "lsoa11 or lsoa21", required=True),
        Column("edition", "text", "2019 or 2025", required=True),
        Column("domain", "text", "overall, income, crime, …", required=True),
        Column("decile", "whole", "1 is the most deprived"),
        Column("rank", "whole", "1 is the most deprived"),
        Column("score", "decimal", "The publisher's score"),
    ),
)

BOUNDARIES = LakeTable(
    "boundaries",
    "Outlines of areas in WGS84.",
    (
        Column("code", "text", "GSS code", required=True),
        Column("name", "text", "Name", required=True),
        Column("kind", "text", "As Area.kind", required=True),
        Column("edition", "text", "Year of the boundary"),
        Column("within", "text", "Code of the authority that it lies in"),
        Column("geometry", "bytes", "Well-known binary, longitude and latitude", required=True),
    ),
)

LOCAL_RETURNS = LakeTable(
    "local_returns",
    "What a partner reports in the tidy form: one row per measure, area, period, breakdown.",
    (
        Column("measure", "text", "Key of the measure", required=True),
        *_AREA,
        Column("period_from", "date", "First day", required=True),
        Column("period_to", "date", "Last day", required=True),
        Column("period_words", "text", "The period in the partner's words (autumn 2016)"),
        Column("value", "decimal", "A count, or the percentage of a survey"),
        Column("denominator", "decimal", "What the value is out of, or the survey's base"),
        Column("breakdown", "text", "name=value; empty for the whole"),
        Column("recording_change", "text", "Words, if recording changed in this period"),
        Column("comparable", "truth", "Whether the period may be compared with earlier ones"),
        Column("reported_by", "text", "Organisation", required=True),
        Column("note", "text", "A remark to print"),
    ),
)

TABLES: dict[str, LakeTable] = {
    table.name: table
    for table in (
        RECORDED_OFFENCES,
        STREET_CRIMES,
        STREET_OUTCOMES,
        STOP_SEARCHES,
        PUBLISHED_COUNTS,
        DENOMINATORS,
        AREAS,
        AREA_LINKS,
        DEPRIVATION,
        BOUNDARIES,
        LOCAL_RETURNS,
    )
}
