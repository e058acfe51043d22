"""How is the workbench run as `python -m workbench`?"""

from workbench.cli.main import main

main()
