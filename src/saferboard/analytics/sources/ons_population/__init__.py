"""ONS mid-year population estimates by local authority."""
