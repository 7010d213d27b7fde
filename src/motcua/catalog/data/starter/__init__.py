"""The starter catalogue: the procedures most used at communes and departments, as facts."""
