"""The register of information sharing agreements and impact assessments."""
