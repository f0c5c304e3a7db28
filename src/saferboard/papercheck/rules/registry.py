"""Every rule, in the order of the checks 1 to 11, in which they are documented."""

from __future__ import annotations

from saferboard.papercheck.finding import Rule
from saferboard.papercheck.rules import (
    access,
    acronyms,
    across_a_break,
    against_data,
    against_facts,
    against_table,
    before_and_after,
    compared_periods,
    difference_does_not_follow,
    direction_against_sign,
    empty_cells,
    enclosures,
    ends,
    factor,
    figures_alone,
    fraction,
    leftovers,
    listed_parts,
    majority_below_half,
    meeting,
    mentions,
    money,
    money_in_words,
    named_years,
    names,
    no_clear_change,
    numbering,
    particulars,
    parts,
    percentage_cut_off,
    percentage_does_not_follow,
    periods,
    points_called_per_cent,
    possible,
    quarter_numbers,
    quarters,
    rank_without_interval,
    ranking,
    rates_in_words,
    rows,
    sections,
    share_does_not_follow,
    small_base,
    small_counts,
    stale,
    table_ratios,
    tables,
    two_values,
    unfinished,
)
from saferboard.vocabulary.problem import Problem

_BY_MODULE: tuple[Rule, ...] = (
    percentage_does_not_follow.RULE,
    percentage_cut_off.RULE,
    direction_against_sign.RULE,
    direction_against_sign.ARROW_RULE,
    direction_against_sign.STABLE_RULE,
    difference_does_not_follow.RULE,
    points_called_per_cent.RULE,
    share_does_not_follow.RULE,
    majority_below_half.RULE,
    *possible.RULES,
    *against_table.RULES,
    *factor.RULES,
    *rates_in_words.RULES,
    *figures_alone.RULES,
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
    *table_ratios.RULES,
    *ends.RULES,
    quarter_numbers.RULE,
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
    *against_data.RULES,
    against_facts.RULE,
    no_clear_change.RULE,
    small_base.RULE,
    rank_without_interval.RULE,
    before_and_after.RULE,
    across_a_break.RULE,
    *small_counts.RULES,
    *names.RULES,
    *access.RULES,
    acronyms.RULE,
    *money_in_words.RULES,
)

# Sorting is stable: within a check the order is that of the list above.
RULES: tuple[Rule, ...] = tuple(sorted(_BY_MODULE, key=lambda rule: rule.group))


def rules_named(keys: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules with these keys; all of them for no keys. Raises Problem for an unknown one."""
    known = {rule.key: rule for rule in RULES}
    for key in keys:
        if key not in known:
            raise Problem(
                f"There is no rule “{key}”.", remedy=f"The rules are: {', '.join(known)}."
            )
    return tuple(rule for rule in RULES if not keys or rule.key in keys)
