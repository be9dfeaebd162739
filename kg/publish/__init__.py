"""What is written for others: exports, VoID, DCAT."""
