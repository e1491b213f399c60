"""Shuts the doors of the child that reads an untrusted file: no network, no writing, no other program."""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

from strate.kernels.geometry.refusal import Limits

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
_NOT_THERE = 0x00050000 | 38  # ENOSYS: the C library falls back to the call that can be looked at
# The few instructions of the kernel's filter language that are needed.
_LOAD, _EQUAL, _MASK, _END = 0x20, 0x15, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND, _THIRD = 0, 4, 16, 24, 32
_WRITES = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
_THREAD = 0x10000

# By architecture: its number, calls refused, calls that open (and which argument holds the flags), clone, clone3.
_CALLS: dict[str, tuple[int, tuple[int, ...], tuple[tuple[int, int], ...], int]] = {
    "x86_64": (
        0xC000003E,
        (41, 42, 49, 50, 53, 57, 58, 59, 62, 76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 101, 133, 155, 161, 165,
         258, 259, 260, 263, 264, 265, 266, 268, 272, 308, 316, 322, 425, 426, 437),
        ((2, _SECOND), (257, _THIRD)),
        56,
    ),
    "aarch64": (
        0xC00000B7,
        (33, 34, 35, 36, 37, 38, 40, 41, 45, 51, 53, 54, 97, 117, 129, 198, 199, 200, 201, 203, 221, 268, 276, 281,
         425, 426, 437),
        ((56, _THIRD),),
        220,
    ),
}  # fmt: skip
_CLONE_3 = 435


def shut(limits: Limits) -> bool:
    """Bound memory, time and files; then ask the kernel to refuse the rest. False: the kernel would not."""
    memory = limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return _filter_calls()


def _filter_calls() -> bool:
    calls = _CALLS.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    program = _program(*calls)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many instructions, where they are.
    whole = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(kernel.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(whole), 0, 0) == 0)


def _program(
    architecture: int, refused: tuple[int, ...], opening: tuple[tuple[int, int], ...], clone: int
) -> bytes:
    """The filter: another architecture and the listed calls are refused; opening to write and forking too."""
    steps = [
        _step(_LOAD, 0, 0, _ARCHITECTURE),
        _step(_EQUAL, 1, 0, architecture),
        _step(_END, 0, 0, _REFUSE),
        _step(_LOAD, 0, 0, _NUMBER),
        _step(_EQUAL, 0, 1, _CLONE_3),
        _step(_END, 0, 0, _NOT_THERE),
    ]
    for call in refused:
        steps += [_step(_EQUAL, 0, 1, call), _step(_END, 0, 0, _REFUSE)]
    for call, argument in opening:
        steps += [
            _step(_EQUAL, 0, 4, call),
            _step(_LOAD, 0, 0, argument),
            _step(_MASK, 0, 1, _WRITES),
            _step(_END, 0, 0, _REFUSE),
            _step(_END, 0, 0, _ALLOW),
        ]
    steps += [
        _step(_EQUAL, 0, 3, clone),
        _step(_LOAD, 0, 0, _FIRST),
        _step(_MASK, 1, 0, _THREAD),
        _step(_END, 0, 0, _REFUSE),
        _step(_END, 0, 0, _ALLOW),
    ]
    return b"".join(steps)


def _step(code: int, then: int, otherwise: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
