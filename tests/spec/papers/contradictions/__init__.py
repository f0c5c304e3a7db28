"""Made-up packs with contradictions planted in them, a folder for each round."""
