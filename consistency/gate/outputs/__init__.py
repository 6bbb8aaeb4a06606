"""A check result as others read it: terminal, Markdown, GitHub, JUnit, SARIF."""
