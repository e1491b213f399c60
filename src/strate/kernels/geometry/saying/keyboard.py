"""What is typed behind `strate geometry`: numbers as people write them, and what is said when they are none."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

import click

from strate.kernels.geometry.refusal import Refused
from strate.kernels.geometry.saying.report import lang_of, refusal_dict

REFUSED = 2
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class Decimals(click.ParamType[tuple[Decimal, ...]]):
    """Numbers as people type them: comma or point, several joined by an x; above 0, or from 0 on."""

    def __init__(self, count: int = 1, *, from_zero: bool = False) -> None:
        self.count, self.from_zero = count, from_zero
        self.name = "×".join("XYZ"[:count]) if count > 1 else "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Decimal, ...]:
        if isinstance(value, tuple):
            return value
        words = str(value).replace(",", ".").lower().replace("×", "x").split("x")
        try:
            numbers = tuple(Decimal(word.strip()) for word in words)
        except InvalidOperation:
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        if len(numbers) != self.count or not all(n.is_finite() and self._enough(n) for n in numbers):
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        return numbers

    def _enough(self, number: Decimal) -> bool:
        return number >= 0 if self.from_zero else number > 0


class AskedRefused(Refused):
    """What was typed asks for nothing that can be done."""


class Command(click.Command):
    """A geometry command: what it was asked wrongly is a refusal like any other, in JSON where that was asked."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        asked = list(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            said = refusal_dict(refusal_of(error), lang_of(_lang_in(asked)))
            as_json = "--json" in asked
            text = json.dumps(said, ensure_ascii=False, indent=1) if as_json else said["sentence"]
            click.echo(text, err=not as_json)
            raise click.exceptions.Exit(REFUSED) from error

    def invoke(self, ctx: click.Context) -> Any:
        """An answer that finds no room on the disk was not given: that is no verdict, and says so."""
        try:
            return super().invoke(ctx)
        except OSError as lost:
            if lost.errno not in _NO_ROOM:
                raise
            refused = AskedRefused("answer_not_written")
            click.echo(refusal_dict(refused, lang_of(ctx.params.get("lang")))["sentence"], err=True)
            _drop_the_rest()
            raise click.exceptions.Exit(REFUSED) from lost


def _drop_the_rest() -> None:
    """What could not be written is not tried again when the program ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _lang_in(asked: Sequence[str]) -> str | None:
    """The language said among the words, found without reading the others."""
    said = [word.partition("=")[2] for word in asked if word.startswith("--lang=")]
    said += [value for word, value in pairwise(asked) if word == "--lang"]
    return said[-1] if said else None


def refusal_of(error: click.UsageError) -> AskedRefused:
    """What was asked wrongly, as a code and its values."""
    if isinstance(error, click.NoSuchOption):
        return AskedRefused("option_unknown", option=error.option_name)
    param = error.param if isinstance(error, click.BadParameter) else None
    if param is None:
        return AskedRefused("command_not_written_so")
    name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
    if isinstance(error, click.MissingParameter):
        return AskedRefused("option_missing", option=name)
    return _of_type(name, param.type)


def _of_type(option: str, kind: click.ParamType[Any]) -> AskedRefused:
    """What this option needs."""
    match kind:
        case click.IntRange(min=int(low), max=int(high)):
            return AskedRefused("option_not_whole", option=option, low=low, high=high)
        case click.IntRange():
            return AskedRefused("option_not_counted", option=option)
        case click.Choice():
            return AskedRefused("option_not_chosen", option=option, words=", ".join(map(str, kind.choices)))
        case Decimals(count=count, from_zero=from_zero) if count > 1:
            if from_zero:
                return AskedRefused("option_not_from_zero", option=option, form=kind.name)
            return AskedRefused("option_not_numbers", option=option, form=kind.name)
        case Decimals() | click.FloatRange():
            return AskedRefused("option_not_above", option=option)
    return AskedRefused("command_not_written_so")
