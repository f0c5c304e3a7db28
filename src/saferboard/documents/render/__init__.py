"""Documents to HTML, PDF, DOCX, PPTX and XLSX: they arrange, never compute."""
