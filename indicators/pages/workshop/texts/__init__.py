"""The texts of a draft: of the kadernota itself, of its topics, and its readings."""
