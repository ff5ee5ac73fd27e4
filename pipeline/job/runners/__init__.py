"""Runners: they take decisions and give each with its bitext or its failure; they write neither memory nor disk."""
