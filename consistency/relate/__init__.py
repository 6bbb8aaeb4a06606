"""From scored pairs to findings: alignment, value rules, a judged relation, and the reasons for it."""
