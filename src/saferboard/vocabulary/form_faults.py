"""What is wrong with a file that people write, in plain words: pydantic's are for programmers."""

from __future__ import annotations

from pydantic import ValidationError

_WORDS = {
    "extra_forbidden": "there is no field of this name",
    "missing": "this field is missing",
    "string_type": "this has to be text: put it in quotation marks",
    "int_type": "this has to be a whole number",
    "int_parsing": "this has to be a whole number",
    "int_from_float": "this has to be a whole number",
    "bool_type": "this has to be true or false",
    "bool_parsing": "this has to be true or false",
    "tuple_type": "this has to be a list",
    "list_type": "this has to be a list",
    "model_type": "this has to be names and values",
    "dict_type": "this has to be names and values",
    "date_type": "this has to be a day such as 2024-02-28",
    "date_parsing": "this has to be a day such as 2024-02-28",
    "date_from_datetime_parsing": "this has to be a day such as 2024-02-28",
}
_LIMITS = {
    "less_than_equal": ("at most", "le"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "greater_than": ("more than", "gt"),
}


def first_fault(error: ValidationError) -> tuple[str, str]:
    """Where the fault is (`appearance > brand`) and what it is, a sentence. Of several the field
    that is not known comes first: a misspelt one is both unknown and missing."""
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    kind, context = first["type"], first.get("ctx", {})
    if kind in _LIMITS:
        words, limit = _LIMITS[kind]
        said = f"this has to be {words} {context[limit]}"
    elif kind == "literal_error":
        said = f"this has to be {context['expected']}"
    else:
        said = _WORDS.get(kind, first["msg"].removeprefix("Value error, "))
    place = " > ".join(str(part) for part in first["loc"])
    return place, f"{said[:1].upper()}{said[1:].rstrip('.')}."
