"""What pages need to speak of masses, states and layers in the words of the shop."""
