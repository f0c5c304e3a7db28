"""Every rule, in the order in which they are documented."""

from __future__ import annotations

from saferboard.papercheck.finding import Rule
from saferboard.papercheck.rules import (
    access,
    acronyms,
    against_table,
    compared_periods,
    difference_does_not_follow,
    direction_against_sign,
    empty_cells,
    enclosures,
    factor,
    fraction,
    leftovers,
    listed_parts,
    majority_below_half,
    meeting,
    mentions,
    money,
    named_years,
    names,
    numbering,
    particulars,
    parts,
    percentage_cut_off,
    percentage_does_not_follow,
    periods,
    points_called_per_cent,
    possible,
    quarters,
    ranking,
    rows,
    sections,
    share_does_not_follow,
    stale,
    tables,
    two_values,
    unfinished,
)
from saferboard.vocabulary.problem import Problem

RULES: tuple[Rule, ...] = (
    percentage_does_not_follow.RULE,
    percentage_cut_off.RULE,
    direction_against_sign.RULE,
    direction_against_sign.ARROW_RULE,
    difference_does_not_follow.RULE,
    points_called_per_cent.RULE,
    share_does_not_follow.RULE,
    majority_below_half.RULE,
    *possible.RULES,
    *against_table.RULES,
    *factor.RULES,
    *fraction.RULES,
    *listed_parts.RULES,
    *tables.RULES,
    *parts.RULES,
    *ranking.RULES,
    *periods.RULES,
    *compared_periods.RULES,
    *quarters.RULES,
    *meeting.RULES,
    *stale.RULES,
    *named_years.RULES,
    *leftovers.RULES,
    *empty_cells.RULES,
    *sections.RULES,
    *unfinished.RULES,
    *rows.RULES,
    *numbering.RULES,
    *mentions.RULES,
    *enclosures.RULES,
    *money.RULES,
    *two_values.RULES,
    *particulars.RULES,
    *names.RULES,
    *access.RULES,
    acronyms.RULE,
)


def rules_named(keys: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules with these keys; all of them for no keys. Raises Problem for an unknown one."""
    known = {rule.key: rule for rule in RULES}
    for key in keys:
        if key not in known:
            raise Problem(
                f"There is no rule “{key}”.", remedy=f"The rules are: {', '.join(known)}."
            )
    return tuple(rule for rule in RULES if not keys or rule.key in keys)
