"""「检察印迹」: the yearly portrait of a deputy. Facts → HTML → PDF, three functions. Sourced facts, never a score."""
