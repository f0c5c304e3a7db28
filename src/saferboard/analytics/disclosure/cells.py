"""Which cells to withhold so that no small number can be worked out from the rest.

A cell counts a set of atoms: a month of an area, a ward, a box of a cross-tabulation. A reader who
knows every shown cell, every earlier release, and what “fewer than 5” means, can work out the
range of anything by linear programming; this does the same, and withholds more cells until every
small number has at least two possible values (the audit of Fischetti and Salazar 2000). One
mechanism so covers rows and columns, wider areas, overlapping periods and earlier releases.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from saferboard.analytics.disclosure.rule import Rule

State = Literal["shown", "primary", "secondary"]
Atoms = frozenset[str]

_SLACK = 1e-6
_PROBES = 3


@dataclass(frozen=True)
class Cell:
    """A count about to be shown. `atoms` are what it counts; `public` cells are known already
    (an earlier release, an open figure) and cannot be withheld any more. `discloses` marks a
    zero that says something about people, `total` what should stay if anything else will do."""

    key: Hashable
    atoms: Atoms
    value: float
    public: bool = False
    discloses: bool = False
    total: bool = False


@dataclass(frozen=True)
class Protection:
    """The state of each cell by key, and `exposed`: small numbers that what is public already
    gives away, whatever is withheld now (each as the atoms that it counts)."""

    states: Mapping[Hashable, State]
    exposed: tuple[Atoms, ...] = ()


def protect(
    cells: Iterable[Cell],
    rule: Rule,
    *,
    equal: Sequence[tuple[Atoms, Atoms]] = (),
) -> Protection:
    """Decide the state of each cell. `equal` are pairs of sets of atoms with the same count (the
    total and the parts of a breakdown that is counted in atoms of its own).

    Cells that contradict the others (revised between two loads or two releases) are left out of
    the reckoning, the public ones first.
    """
    held = list(cells)
    if len({cell.key for cell in held}) != len(held):
        raise ValueError("two cells have the same key")
    states: dict[Hashable, State] = {}
    for cell in held:
        small = rule.is_small(cell.value) or (cell.value == 0 and cell.discloses)
        states[cell.key] = "primary" if small and not cell.public else "shown"
    puzzle = _Puzzle(held, equal, rule, states)
    exposed: list[Atoms] = []
    while (found := puzzle.first_exposed(exposed)) is not None:
        target, used = found
        open_to_us = [cell for cell in used if not cell.public and states[cell.key] == "shown"]
        if not open_to_us:
            exposed.append(target)
            continue
        states[min(open_to_us, key=_worth).key] = "secondary"
    return Protection(states, tuple(exposed))


def _worth(cell: Cell) -> tuple[bool, bool, int, float, str]:
    """What is withheld first: not zeros, which hide little; the least part; the least count."""
    return cell.value == 0, cell.total, len(cell.atoms), cell.value, str(cell.key)


class _Puzzle:
    """What a reader can work out. Atoms that no cell tells apart are one unknown."""

    def __init__(
        self,
        cells: list[Cell],
        equal: Sequence[tuple[Atoms, Atoms]],
        rule: Rule,
        states: dict[Hashable, State],
    ) -> None:
        self.rule = rule
        self.states = states
        atoms = sorted(
            frozenset().union(*(cell.atoms for cell in cells), *(a | b for a, b in equal))
        )
        place = {atom: column for column, atom in enumerate(atoms)}
        rows = np.zeros((len(cells) + len(equal), len(atoms)))
        for row, cell in enumerate(cells):
            rows[row, [place[atom] for atom in cell.atoms]] = 1
        for row, (left, right) in enumerate(equal, start=len(cells)):
            rows[row, [place[atom] for atom in left]] += 1
            rows[row, [place[atom] for atom in right]] -= 1
        unique, self.belongs = np.unique(rows, axis=1, return_inverse=True)
        self.belongs = self.belongs.ravel()
        self.cells, self.atoms = cells, atoms
        self.rows = unique[: len(cells)]
        self.structure = unique[len(cells) :]
        self.zero_hidden = rule.zeros_always or any(
            states[cell.key] == "primary" and cell.value == 0 for cell in cells
        )
        self.ceiling = 10.0 * (sum(cell.value for cell in cells) + rule.threshold + 1)
        self._drop_contradictions()

    def _drop_contradictions(self) -> None:
        """Leave out the cells that disagree with the others (figures revised between two
        releases or two loads), public ones first: what disagrees tells nothing exact."""
        if not self.cells:
            return
        count, width = self.rows.shape
        bounds = np.array([self._bounds(cell) for cell in self.cells])
        price = np.where([cell.public for cell in self.cells], 1.0, 1000.0)
        capped = np.isfinite(bounds[:, 1])
        give = np.eye(count)
        over = np.hstack([self.rows, -give, np.zeros((count, count))])[capped]
        under = np.hstack([-self.rows, np.zeros((count, count)), -give])
        structure = np.hstack([self.structure, np.zeros((len(self.structure), 2 * count))])
        result = optimize.linprog(
            np.concatenate([np.zeros(width), price, price]),
            A_ub=np.vstack([over, under]),
            b_ub=np.concatenate([bounds[capped, 1], -bounds[:, 0]]),
            A_eq=structure if len(structure) else None,
            b_eq=np.zeros(len(structure)) if len(structure) else None,
            method="highs",
        )
        given = result.x[width : width + count] + result.x[width + count :]
        kept = np.flatnonzero(given <= _SLACK)
        self.cells = [self.cells[row] for row in kept]
        self.rows = self.rows[kept]

    def _bounds(self, cell: Cell) -> tuple[float, float]:
        match self.states[cell.key]:
            case "shown":
                return cell.value, cell.value
            case "primary":
                return (0.0 if self.zero_hidden else 1.0), self.rule.threshold - 1.0
            case "secondary":
                return (float(self.rule.threshold) if cell.value else 0.0), np.inf

    def _solve(self, aim: NDArray[np.float64]) -> optimize.OptimizeResult:
        """The least value of `aim` that is possible. Every unknown has a ceiling far above
        what is counted, so that there always is one."""
        bounds = np.array([self._bounds(cell) for cell in self.cells])
        shown = bounds[:, 0] == bounds[:, 1]
        capped = ~shown & np.isfinite(bounds[:, 1])
        result = optimize.linprog(
            aim,
            A_eq=np.vstack([self.rows[shown], self.structure]),
            b_eq=np.concatenate([bounds[shown, 0], np.zeros(len(self.structure))]),
            A_ub=np.vstack([-self.rows[~shown], self.rows[capped]]),
            b_ub=np.concatenate([-bounds[~shown, 0], bounds[capped, 1]]),
            bounds=(0, self.ceiling),
            method="highs",
        )
        if result.status != 0:
            raise RuntimeError(f"disclosure control could not reckon: {result.message}")
        return result

    def _targets(self) -> list[NDArray[np.float64]]:
        """What must stay unknown: suppressed cells, unknowns that no cell shows by itself, and
        what is left of one shown cell when another inside it is taken away."""
        aims = [
            row
            for row, cell in zip(self.rows, self.cells, strict=True)
            if self.states[cell.key] == "primary"
        ]
        alone = {row.tobytes() for row in self.rows if row.sum() == 1}
        aims += [row for row in np.eye(self.rows.shape[1]) if row.tobytes() not in alone]
        shown = [self.states[cell.key] == "shown" for cell in self.cells]
        rows = self.rows[shown]
        values = np.array([cell.value for cell in self.cells])[shown]
        inside = rows @ rows.T == rows.sum(1)[None, :]  # column's cell within row's
        left = values[:, None] - values[None, :]
        for outer, inner in np.argwhere(inside & (left > 0) & (left < self.rule.threshold)):
            aims.append(rows[outer] - rows[inner])
        return aims

    def first_exposed(self, known: list[Atoms]) -> tuple[Atoms, list[Cell]] | None:
        """The first small number that can be worked out, and the shown cells that give it
        away; None when there is none but the ones in `known`."""
        if not self.cells:
            return None
        aims = [aim for aim in self._targets() if self._atoms(aim) not in known]
        if not aims:
            return None
        matrix = np.array(aims)
        low, high = self._probe(matrix)
        for row in np.flatnonzero(high - low < 1 - _SLACK):
            least, most = self._solve(matrix[row]), self._solve(-matrix[row])
            if -most.fun - least.fun >= 1 - _SLACK:
                continue
            if not (self._is_suppressed(matrix[row]) or self.rule.is_small(round(least.fun))):
                continue
            return self._atoms(matrix[row]), self._used(least, most)
        return None

    def _probe(self, aims: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """A few solutions in different directions: what differs between them is not known, and
        needs no programme of its own."""
        generator = np.random.default_rng(0)
        seen = []
        for _ in range(_PROBES):
            weights = generator.uniform(0.5, 1.5, len(aims)) * generator.choice([-1, 1], len(aims))
            for aim in (weights @ aims, -(weights @ aims)):
                seen.append(aims @ self._solve(aim).x)
        return np.min(seen, axis=0), np.max(seen, axis=0)

    def _is_suppressed(self, aim: NDArray[np.float64]) -> bool:
        return any(
            self.states[cell.key] == "primary" and (row == aim).all()
            for row, cell in zip(self.rows, self.cells, strict=True)
        )

    def _atoms(self, aim: NDArray[np.float64]) -> Atoms:
        return frozenset(
            atom for atom, group in zip(self.atoms, self.belongs, strict=True) if aim[group]
        )

    def _used(self, *results: optimize.OptimizeResult) -> list[Cell]:
        shown = [cell for cell in self.cells if self.states[cell.key] == "shown"]
        used = np.zeros(len(shown), dtype=bool)
        for result in results:
            used |= np.abs(result.eqlin.marginals[: len(shown)]) > _SLACK
        return [cell for cell, hit in zip(shown, used, strict=True) if hit]
