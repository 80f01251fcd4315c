"""Recording a meeting on a telephone, in five touches beyond the text (M19; design §5.7)."""
