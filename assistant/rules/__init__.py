"""The rule catalogue (规则目录): what can be wrong with a report, as pure functions of reports."""
