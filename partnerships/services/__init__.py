"""Use cases of a partnership: each one function that asks the policy, locks, writes facts and tells people."""
