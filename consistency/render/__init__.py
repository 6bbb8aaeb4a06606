"""What a report looks like: page, tables, Markdown, terminal. Everything here reads a `Report` and changes nothing."""
