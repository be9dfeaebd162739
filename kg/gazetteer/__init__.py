"""The gazetteer: what is known of states, actors, places, weapons and events before any article is read."""
