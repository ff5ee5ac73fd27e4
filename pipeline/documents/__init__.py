"""The road of a document: loaded, translated or paired with its translation, checked; no job file, plain options in."""
