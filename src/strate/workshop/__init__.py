"""The shop floor, one room per step of the process, here from the floor up."""
