"""What the sentence reader is taught by, and how."""
