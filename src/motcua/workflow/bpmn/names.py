"""The names that BPMN files use."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MOTCUA = "urn:motcua:workflow:1"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


def bpmn(local: str) -> str:
    """Return a name of the BPMN model namespace in ElementTree's form."""
    return f"{{{BPMN}}}{local}"


def own(local: str) -> str:
    """Return a name of our own extension namespace."""
    return f"{{{MOTCUA}}}{local}"
