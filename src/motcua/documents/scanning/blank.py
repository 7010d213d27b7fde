"""Whether a page says nothing: blank sheets separate papers."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, grey, is_too_small, shrunk

# Share of the page's inner part that ink must cover; a single line of text covers 0.1 %.
_INK_SHARE = 0.0004
_MARGIN = 0.04


def is_blank(image: Image) -> bool:
    """Tell whether the page is empty but for dust, shadows at the edge and the paper's own grain."""
    small, _ = shrunk(grey(image), longest=1200)
    if is_too_small(small):
        return True
    height, width = small.shape
    inner = small[
        round(height * _MARGIN) : round(height * (1 - _MARGIN)),
        round(width * _MARGIN) : round(width * (1 - _MARGIN)),
    ]
    ground = cv2.medianBlur(inner, 51)
    darker = cv2.subtract(ground, cv2.medianBlur(inner, 3))
    grain = float(np.median(np.abs(darker.astype(np.int16) - int(np.median(darker)))))
    ink = darker > max(40.0, 8 * grain)
    return float(ink.mean()) < _INK_SHARE
