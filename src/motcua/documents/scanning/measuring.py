"""How large the letters of a page are."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image


def letter_height(cleaned: Image) -> float:
    """Return the usual height in pixels of a letter, 17 for 13 points at 200 dpi; 0 without text."""
    ink = (cleaned < 140).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    longest = max(cleaned.shape)
    letters = (high > longest / 700) & (high < longest / 25) & (wide < longest / 15)
    letters &= (wide > longest / 1200) & (wide < 3 * high) & (high < 4 * wide)
    return float(np.median(high[letters])) if letters.sum() >= 30 else 0.0
