"""What the reader gets back: terminal, HTML, JSON, a DOCX with comments."""
