"""Writers: one module for each file format, with a function `write(document, stream)`."""
