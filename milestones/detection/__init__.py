"""Document and registry in, candidates out. Pure functions, one idea each."""
