"""What a check found: one thing that does not hold, named, and where."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`code` is worded in words.py; `seq` is the number of the fact it is about, when it is about one."""

    code: str
    seq: int | None = None
    values: dict[str, str | int] = field(default_factory=dict)
