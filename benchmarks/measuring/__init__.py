"""What `benchmarks/findings.py` measures, one module a part: corruption, alarms, suites, baselines."""
