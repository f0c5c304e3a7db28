"""Census tables by local authority: ethnicity, age and sex, single year of age."""
