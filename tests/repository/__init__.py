"""Ground rules of the tree: what may import what, how long things get, what may stand where."""
