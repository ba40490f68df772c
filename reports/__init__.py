"""Documents of a year: the document model, its writers, sealing, and the pages that show and serve them."""
