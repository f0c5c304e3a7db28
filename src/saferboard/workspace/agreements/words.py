"""The words of the register's fields, as forms, pages and histories show them."""

from __future__ import annotations

AGREEMENT_WORDS = {
    "title": "Title",
    "purpose": "Purpose",
    "gateway": "Legal gateway",
    "basis": "Basis, UK GDPR Article 6",
    "special_category_basis": "Basis, UK GDPR Article 9",
    "schedule_1_condition": "Condition, DPA 2018 Schedule 1",
    "data_classes": "What data is shared",
    "retention": "How long it is kept",
    "first_day": "First day in force",
    "last_day": "Last day in force",
    "review": "Look at it again by",
}
ASSESSMENT_WORDS = {
    "title": "Title",
    "purpose": "What is done with the data, and why",
    "risks": "Risks to people",
    "mitigations": "What is done about them",
    "outcome": "Outcome",
    "advice": "Advice of the data protection officer",
    "review": "Look at it again by",
}
_MORE = {"asked": "Asked to sign", "agreements": "Agreements", "signed_copy": "Signed copy"}


def agreement_label(name: str) -> str:
    """The words of a field of an agreement."""
    return AGREEMENT_WORDS.get(name) or _MORE.get(name, name)


def assessment_label(name: str) -> str:
    """The words of a field of an assessment."""
    return ASSESSMENT_WORDS.get(name) or _MORE.get(name, name)
