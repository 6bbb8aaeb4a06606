"""NLI: does a premise entail, contradict or leave open a hypothesis?"""
from consistency.nli.scorer import NLIScorer, TransformerScorer, load_scorer

__all__ = ["NLIScorer", "TransformerScorer", "load_scorer"]
