"""How does a change of records reach the YAML files of a project?"""
