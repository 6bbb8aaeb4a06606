"""Training of the bundled NLI models: data mix, loss, loop, evaluation, export."""
