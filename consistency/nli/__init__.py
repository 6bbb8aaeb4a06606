"""NLI: does a premise entail, contradict or leave open a hypothesis?"""
from consistency.nli.reader import load_reader
from consistency.nli.scorer import NLIScorer, TransformerScorer, load_scorer

__all__ = ["NLIScorer", "TransformerScorer", "load_reader", "load_scorer"]
