"""The sentences of the evaluation: evidence, grids, questions, reports, the opinion of the company."""
