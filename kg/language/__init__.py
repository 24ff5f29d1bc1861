"""What is known of the language: words, rules, numbers, units, times, and the gazetteer."""
