"""Django admin for the structure; figures, targets and editions are read-only.

Groups have the rights (migration 0002). Nobody, superusers included, can delete anything here, or add or change what
pages record through the actions.
"""

from indicators.admin import figures, indicators, structure

__all__ = ["figures", "indicators", "structure"]
