"""Lines that are not language: they pass through as they are, and no model sees them."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
ADDRESS = re.compile(
    r"(?:https?|ftp|file)://\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:doi|urn|mailto|tel):\S+"
    r"|(?<![\w.@])(?:[\w-]+\.)+(?:com|org|net|fr|eu|gouv|edu|io|info|uk|be|ch|ca|int)\b(?:/\S*)?|(?<!\w)[@#]\w+",
    re.IGNORECASE,
)
_MARKER = re.compile(r"[\W\d]*(?:[A-Za-z]|[IVXLCDM]{1,8})[\W\d]*")  # "a)", "IV.", "5 m"
_CODE = re.compile(
    r"""(?:</?[A-Za-z!][^<>]*>\s*)+                                     # nothing but tags
    | [{}\[\]();]+
    | \$?\{?[A-Za-z]+(?:_[A-Za-z0-9]+)+\}?                              # snake_case, CONSTANT_NAME
    | \$[A-Za-z_]\w* | --?[a-z][\w-]*(?:=\S*)?                          # a variable, an option
    | (?:[A-Za-z]:)?(?:[\\/][\w.~-]+){2,}[\\/]? | ~?/[\w./~-]+          # a path
    | [\w-]+(?:\.[\w-]+)*\.(?:py|js|ts|json|ya?ml|html?|css|txt|pdf|docx?|xlsx?|xml|csv|tsv|cpp|java|sh|md|png|jpe?g
      |gif|svg|mp[34]|zip|gz|exe|epub|tmx)                              # a file's name
    | [\w.$]+\(\) ;?                                                    # a call without arguments
    | [\w.$]+\([^()]*\)\s*[;{]                                          # a call or a head that ends as code does
    | [\w.$\[\]'"]+\s*(?:[-+*/]?=|:=|==)\s*[^.!?]*;                     # an assignment
    | (?:def|class|function|public|private|static|const|let|var|return|import|\#include)\b[^.!?»]*[;{:>]
    | [^\W\d_]\w*(?:(?:\.|::|->)\w+)*\((?=[^()]*["'=_])[^()]*\);?       # a call whose arguments look like code
    """,
    re.VERBOSE,
)
_DATED = re.compile(r"(?:[A-Za-z_-]{1,20}\s*:?\s*)?\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.+Z-]+)?")  # metadata: "date 2018-01"
_FRENCH_COLON = re.compile(r"\s:\s*$")


def is_language(text: str) -> bool:
    """Whether there is something to translate: not only numbers, separators, emoji, addresses, markers or code."""
    bare = text.strip()
    if not _LETTER.search(bare) or _MARKER.fullmatch(bare) or _DATED.fullmatch(bare):
        return False
    if not _LETTER.search(ADDRESS.sub(" ", bare)):
        return False
    return len(bare) > 500 or _FRENCH_COLON.search(bare) is not None or _CODE.fullmatch(bare) is None
