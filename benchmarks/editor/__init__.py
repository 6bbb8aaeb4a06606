"""Changes facts in news texts, one at a time, with known kind and place: the material of the corruption benchmarks.

It shares no code and no word list with the generators of the training pairs, so that what it measures is not what was
trained. Every edit is one that a reader of both texts would call a conflict; what cannot be changed without doubt
(bounds, ranges, names inside names, who said something) is left alone. Same text, same seed: same edits.
"""

from editor.edit import KINDS, Change, Edit, Edited, Place, apply
from editor.editor import Passage, choose, find_edits, read

__all__ = ["KINDS", "Change", "Edit", "Edited", "Passage", "Place", "apply", "choose", "find_edits", "read"]
