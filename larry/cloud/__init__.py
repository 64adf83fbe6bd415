"""The cloud: client of the public routes and the catalogue of its errors; offline first."""
