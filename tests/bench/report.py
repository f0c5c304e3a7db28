"""A table of measurements: what was measured, how long it took, and against what."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One thing measured. `seconds` is a median; `ratio` is to the line called `against`;
    `aim` says in words what the issue asks for; `note` holds memory, spread and the like."""

    name: str
    seconds: float
    ratio: float | None = None
    against: str = ""
    aim: str = ""
    note: str = ""


@dataclass
class Report:
    """What a bench hands its lines to. `section` begins a new group."""

    lines: list[Line | str] = field(default_factory=list)

    def section(self, title: str) -> None:
        """A title above the lines that follow."""
        self.lines.append(title)

    def add(
        self,
        name: str,
        seconds: float,
        *,
        against: tuple[str, float] | None = None,
        aim: str = "",
        note: str = "",
    ) -> None:
        """A measurement, beside the one called `against[0]` that took `against[1]` seconds."""
        ratio = seconds / against[1] if against else None
        self.lines.append(Line(name, seconds, ratio, against[0] if against else "", aim, note))

    def text(self) -> str:
        """The table as plain text."""
        out = [f"{'':44} {'seconds':>8}  {'ratio':>22}  aim"]
        for line in self.lines:
            if isinstance(line, str):
                out += ["", line]
                continue
            ratio = f"{line.ratio:.2f} x {line.against}" if line.ratio is not None else ""
            out.append(f"  {line.name:42} {line.seconds:8.2f}  {ratio:>22}  {line.aim}".rstrip())
            if line.note:
                out.append(f"      {line.note}")
        return "\n".join(out)
