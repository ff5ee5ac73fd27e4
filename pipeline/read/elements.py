"""The elements of HTML by what becomes of their text: blocks, frames, and what is left out, with the reason told."""

from __future__ import annotations

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead title tr ul"
)
# what is never text; what a page shows of it in a line leaves a mark there, so that its sentence stays whole
_UNSEEN_NAMES = "script style template noscript head rp rt"
_SHOWN_NAMES = "math iframe object embed canvas audio video"
_FRAME_NAMES = "nav footer aside button select menu dialog"  # what stands around a page's text
IN_LINES = frozenset(("button", "select"))  # frames that can stand amid a sentence
CONTROLS = frozenset(("button", "label", "select"))  # where all is read, each says something of its own
BLOCKS, UNSEEN, FRAME = (frozenset(names.split()) for names in (_BLOCK_NAMES, _UNSEEN_NAMES, _FRAME_NAMES))
SHOWN = frozenset(_SHOWN_NAMES.split())
OF_DRAWINGS = frozenset(("title", "desc", "metadata", "defs"))  # within <svg>: what it does not show as text
NEVER_SHOWN = frozenset(("script", "style", "template", "head", "metadata", "defs"))
WHY = {
    **dict.fromkeys(("nav", "footer", "aside", "dialog"), "around the main text (`web_pages: all` reads it)"),
    **dict.fromkeys(("button", "select", "menu"), "something to press or choose"),
    "math": "a formula",
    "rt": "how to pronounce a word",
    "noscript": "for browsers without scripts",
}
