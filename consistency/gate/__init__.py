"""The gate: curated claim sets, a locked baseline, and what exactly changed.

A claim set is read (`reading`), checked against the JSON Schema (`schema`), judged through the stages of the report
(`judging`), counted (`figures`), held against a baseline (`baseline`, `comparison`) and told (`outputs`). `run.check`
is the whole of it.
"""
