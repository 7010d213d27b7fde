"""BPMN 2.0 XML: processes out to other tools and back in."""

from motcua.workflow.bpmn.graph import NotBpmn
from motcua.workflow.bpmn.reading import Imported, read_bpmn
from motcua.workflow.bpmn.writing import write_bpmn

__all__ = ["Imported", "NotBpmn", "read_bpmn", "write_bpmn"]
