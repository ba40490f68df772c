"""Administration of the structure; figures, targets and editions are only to be looked at, by everybody.

Rights hang on groups (migration 0002). What no right can give, superusers included, is refused here: deleting
anything, and adding or changing what pages record through the actions.
"""

from indicators.admin import figures, indicators, structure

__all__ = ["figures", "indicators", "structure"]
