"""Pages that show and serve documents."""
