"""Figures: scores of translations, one model against another, two runs of a job, the fit of the aligner."""
