"""Generators of labelled news pairs: small pure functions over a parsed sentence."""
