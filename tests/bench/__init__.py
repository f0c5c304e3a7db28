"""What the analysis half costs on this machine, beside plain tools doing the same work."""
