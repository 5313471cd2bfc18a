"""What upper apps show on a partnership's page. They append to the list in `AppConfig.ready`."""

# (partnership, user) -> (template, context) or None; the template is given the context as `panel`
PARTNERSHIP_PANELS = []


def panels_for(partnership, user):
    """The panels that have something to show this reader."""
    return [panel for ask in PARTNERSHIP_PANELS if (panel := ask(partnership, user))]
