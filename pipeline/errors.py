"""The exceptions of the project, each with what is wrong and what to do.

VisavisError
├── ConfigError    a job file or an option is wrong; nothing has run
├── InputError     a file to be read is missing, unreadable, hostile or not what it says
│   └── ReaderFault    a reader stumbled over it as it never should
├── ModelError     a model is absent, broken or does not fit the job
└── OutputError    a result cannot be written
"""

from __future__ import annotations

from dataclasses import dataclass


class VisavisError(Exception):
    """Base of all errors: `problem` says what is wrong, with the values; `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem if not remedy else f"{problem}\n{remedy}")
        self.problem = problem
        self.remedy = remedy


class ConfigError(VisavisError):
    """A job file or an option is wrong; `faults` are all that were found, each as `file:line:column: what`."""

    def __init__(self, problem: str, remedy: str = "", faults: tuple[str, ...] = ()) -> None:
        super().__init__(problem, remedy)
        self.faults = faults


class InputError(VisavisError):
    """A file to be read is missing, unreadable, hostile or not what it says."""


class ReaderFault(InputError):
    """A reader stumbled over a file as it never should; `__cause__` is the error."""


class ModelError(VisavisError):
    """A model is absent, broken or does not fit the job."""


class OutputError(VisavisError):
    """A result cannot be written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be done: why (with the values), and what to do about it."""

    path: str
    reason: str
    remedy: str = ""
