"""The index of 766/QĐ-TTg: six groups, 100 points, daily, for each agency, commune and the province."""
