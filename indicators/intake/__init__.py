"""A sheet of figures becomes a plan: of each row what it would do, or why not. Then all of it, or nothing.

The columns are indicator, onderdeel, jaar, meting, toelichting and steekproef (indicators/sheets reads the file).
"""

from indicators.intake.planning import EMPTY, OUTCOMES, REFUSED, Plan, PlannedRow, apply_import, plan_import
from indicators.intake.row_parser import RowRefusal

__all__ = ["EMPTY", "OUTCOMES", "REFUSED", "Plan", "PlannedRow", "RowRefusal", "apply_import", "plan_import"]
