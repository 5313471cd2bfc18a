"""Wishes as CP-SAT reads them: all given, or each with a switch, to find out which of them stand against each other."""


class Given:
    """Every wish holds."""

    def enter(self, cp):
        """Nothing to declare."""

    def literals(self, *wish):
        """What must be true for the wish to count."""
        return []

    def add(self, cp, wish, rule):
        """The rule holds as far as the wish does."""
        cp.add(rule).only_enforce_if(*self.literals(*wish))

    def add_any(self, cp, wish, variables):
        cp.add_bool_or(*variables, False).only_enforce_if(*self.literals(*wish))

    def forbid(self, cp, wish, variable):
        cp.add_bool_or(~variable).only_enforce_if(*self.literals(*wish))


class Switched(Given):
    """Every wish has a switch: `switches` is {wish: variable}, filled as the rules are written."""

    def enter(self, cp):
        self.cp, self.switches = cp, {}

    def literals(self, *wish):
        if wish not in self.switches:
            self.switches[wish] = self.cp.new_bool_var("")
        return [self.switches[wish]]
