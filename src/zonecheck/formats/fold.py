"""One spelling for names that look alike."""

from unicodedata import normalize

_VARIANTS = str.maketrans({"靱": "靭"})


def fold(text: str) -> str:
    """Return the NFKC form with 靱 written 靭; everything else is kept.

    `ＬＧＷＡＮ` and `LGWAN`, or 強靱化 and 強靭化, are the same name to a reader of the policy.
    """
    return normalize("NFKC", text).translate(_VARIANTS)
