"""Which bills are followed, and why: topic queries, candidates, and what documents and other bills call for."""
