"""The screens: a folder for each, with its views, forms and page model; beside them the modules that they share."""
