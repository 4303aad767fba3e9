"""Floor 2: the official forms, each described once and printed as PDF, ODT, DOCX and HTML."""
