"""A field of a Django form as the parameters of the GOV.UK component that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from saferboard.ui.dates import DateBoxes

_WIDTHS = (
    (4, "govuk-input--width-4"),
    (10, "govuk-input--width-10"),
    (20, "govuk-input--width-20"),
)
_SHORT_LIST = 5
_MAX_COUNTED = 5000


@dataclass(frozen=True)
class Component:
    """`kind` names the macro, `params` are what it is called with."""

    kind: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One line of the error summary: what is wrong, and the id of the box to which it leads."""

    text: str
    href: str


def component(bound: BoundField, *, page_heading: bool = False) -> Component:
    """How `bound` is shown; `page_heading` makes its label the heading of the page, which a page
    that asks one thing wants. Text goes in as text: the macros escape it."""
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name, "attributes": {}}
    text = str(bound.label) + ("" if bound.field.required else " (optional)")
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    label: dict[str, Any] = {"text": text}
    if page_heading:
        label |= {"isPageHeading": True, "classes": "govuk-label--l"}
    widget = bound.field.widget
    attributes = {key: str(value) for key, value in widget.attrs.items() if value is not True}
    attributes |= {key: "" for key, value in widget.attrs.items() if value is True}
    classes = attributes.pop("class", "")
    for known in ("autocomplete", "inputmode", "spellcheck"):
        if known in attributes:
            params[known] = attributes.pop(known)
    params["attributes"] = attributes
    params["classes"] = classes
    if isinstance(widget, DateBoxes | forms.CheckboxSelectMultiple | forms.RadioSelect):
        return _group(bound, widget, params, label)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound, params, text)
    return _single(bound, widget, {**params, "label": label})


def faults(form: forms.BaseForm) -> list[Fault]:
    """Everything that is wrong with a form, in the order of its fields."""
    found = [Fault(str(error), "#main-content") for error in form.non_field_errors()]
    for bound in form:
        target = _first_box(bound)
        found += [Fault(str(error), f"#{target}") for error in bound.errors]
    return found


def _first_box(bound: BoundField) -> str:
    if isinstance(bound.field.widget, DateBoxes):
        return f"{bound.auto_id}-day"
    return str(bound.auto_id)


def _single(bound: BoundField, widget: forms.Widget, params: dict[str, Any]) -> Component:
    if widget.is_hidden:
        return Component("hidden", {**params, "value": _text(bound.value())})
    if isinstance(widget, forms.FileInput):
        del params["classes"]
        return Component("file", params)
    if isinstance(widget, forms.Select):
        chosen = {str(value) for value in _several(bound.value())}
        params["items"] = [
            {"value": str(value), "text": str(text), "selected": str(value) in chosen}
            for value, text in _choices(bound)
        ]
        if isinstance(widget, forms.SelectMultiple):
            params["attributes"]["multiple"] = "multiple"
        return Component("select", params)
    params["value"] = _text(bound.value())
    longest = getattr(bound.field, "max_length", None)
    if isinstance(widget, forms.Textarea):
        params["rows"] = params["attributes"].pop("rows", 5)
        params["attributes"].pop("cols", None)
        if longest and longest <= _MAX_COUNTED:
            return Component("counted", {**params, "maxlength": longest})
        return Component("textarea", params)
    if longest and "maxlength" not in params["attributes"]:
        params["attributes"]["maxlength"] = str(longest)
    if isinstance(widget, forms.PasswordInput):
        return Component("password", {**params, "value": ""})
    params["type"] = getattr(widget, "input_type", "text")
    if params["type"] == "number":
        params |= {"type": "text", "inputmode": "decimal"}
        for name in ("min", "max", "step"):
            params["attributes"].pop(name, None)
    if not params["classes"] and longest:
        params["classes"] = next((name for most, name in _WIDTHS if longest <= most), "")
    return Component("input", params)


def _group(
    bound: BoundField, widget: forms.Widget, params: dict[str, Any], label: dict[str, Any]
) -> Component:
    legend: dict[str, Any] = {"text": label["text"], "classes": "govuk-fieldset__legend--s"}
    if label.get("isPageHeading"):
        legend |= {"isPageHeading": True, "classes": "govuk-fieldset__legend--l"}
    group: dict[str, Any] = {
        "idPrefix": params["id"],
        "name": params["name"],
        "fieldset": {"legend": legend},
        **{key: params[key] for key in ("hint", "errorMessage") if key in params},
    }
    if isinstance(widget, DateBoxes):
        given = bound.value() or {}
        wrong = " govuk-input--error" if bound.errors else ""
        group["id"] = params["id"]
        group["items"] = [
            {
                "id": f"{params['id']}-{part}",
                "name": f"{params['name']}-{part}",
                "label": part.capitalize(),
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
                "value": str(given.get(part, "")),
            }
            for part in ("day", "month", "year")
        ]
        return Component("date", group)
    chosen = {str(value) for value in _several(bound.value())}
    group["items"] = [
        {"value": str(value), "text": str(text), "checked": str(value) in chosen}
        for value, text in _choices(bound)
        if str(value)
    ]
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return Component("checkboxes", group)
    if len(group["items"]) < _SHORT_LIST and all(len(one["text"]) < 12 for one in group["items"]):
        group["classes"] = "govuk-radios--inline"
    return Component("radios", group)


def _tick(bound: BoundField, params: dict[str, Any], text: str) -> Component:
    text = text.removesuffix(" (optional)")
    item: dict[str, Any] = {"value": "on", "text": text, "id": params["id"]}
    item["checked"] = bool(bound.value())
    if "hint" in params:
        item["hint"] = params.pop("hint")
    kept: dict[str, Any] = {key: params[key] for key in ("name", "errorMessage") if key in params}
    return Component("checkboxes", {"idPrefix": params["id"], "items": [item], **kept})


def _choices(bound: BoundField) -> list[tuple[Any, Any]]:
    """Choices one after another; groups are opened."""
    found: list[tuple[Any, Any]] = []
    for value, text in getattr(bound.field, "choices", ()):
        found += text if isinstance(text, list | tuple) else [(value, text)]
    return found


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
