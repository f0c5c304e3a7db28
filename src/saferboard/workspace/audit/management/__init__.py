"""Commands of the audit for operators."""
