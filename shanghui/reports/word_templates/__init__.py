"""Templates that an office makes in Word for its reports and papers: their fields, their versions, which is in force (M43)."""
